interface Taker {
  /** There is something to write into. */
  open(): boolean
  take(files: readonly File[]): void
  /** Somebody holds files over it, or no longer. */
  over(dropping: boolean): void
}

/** Files that are pasted into an element, or dropped on it. */
export function bringFiles(root: HTMLElement, { open, take, over }: Taker): void {
  root.addEventListener('paste', (event) => {
    const { clipboardData: data } = event
    // A copied cell of a table is a text that has a picture of itself with it.
    if (!data?.files.length || data.types.includes('text/plain') || !open()) return
    event.preventDefault()
    take([...data.files])
  })
  let dropping = false
  const dragged = (event: DragEvent) => {
    if (!event.dataTransfer?.types.includes('Files') || !open()) return
    event.preventDefault()
    const inside = event.relatedTarget instanceof Node && root.contains(event.relatedTarget)
    const before = dropping
    dropping = event.type === 'dragover' || event.type === 'dragenter' || (event.type === 'dragleave' && inside)
    if (event.type === 'drop') take([...event.dataTransfer.files])
    if (dropping !== before) over(dropping)
  }
  for (const type of ['dragenter', 'dragover', 'dragleave', 'drop'] as const) root.addEventListener(type, dragged)
}
