// A canned reply goes from its list into the line that is being written: neighbours on the page, not parent and child.
type Listener = (text: string) => void
let listener: Listener | null = null

export const insertReply = {
  listen(next: Listener): () => void {
    listener = next
    return () => { if (listener === next) listener = null }
  },
  put(text: string): void {
    listener?.(text)
  },
}
