import type { Held } from './local.ts'

/**
 * A picture of this browser's own, on a canvas: a page's policy may forbid `blob:` addresses, and it needs none. Null
 * for what is no picture. `shownWidth` in CSS pixels; else the styles decide.
 */
export function drawn({ thumbnail, width, height }: Held, shownWidth?: number): HTMLCanvasElement | null {
  if (!thumbnail || !width || !height) return null
  const canvas = document.createElement('canvas')
  // The shape is right before it is drawn.
  canvas.width = 640
  canvas.height = Math.round((640 * height) / width)
  if (shownWidth) canvas.style.width = `${shownWidth}px`
  createImageBitmap(thumbnail)
    .then((bitmap) => {
      canvas.width = bitmap.width
      canvas.height = bitmap.height
      canvas.getContext('2d')?.drawImage(bitmap, 0, 0)
      bitmap.close()
    })
    .catch(() => canvas.remove())
  return canvas
}
