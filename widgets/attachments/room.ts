import type { Attachment } from '../../protocol/attachments.ts'

const MOST_WIDE = 280
const MOST_HIGH = 320

const DRAWABLE = /^image\/(png|jpeg|gif|webp|avif)$/
/** Whether every browser draws it, in a room known before it is loaded. */
export const isPicture = ({ kind, type, width, height }: Pick<Attachment, 'kind' | 'type' | 'width' | 'height'>) =>
  kind === 'image' && DRAWABLE.test(type) && !!width && !!height

/** The room that a picture takes in a log. */
export function roomFor({ width, height }: { width: number | null; height: number | null }) {
  const [w, h] = [width ?? 320, height ?? 180]
  const scale = Math.min(1, MOST_WIDE / w, MOST_HIGH / h)
  return { width: Math.max(72, Math.round(w * scale)), height: Math.max(44, Math.round(h * scale)) }
}
