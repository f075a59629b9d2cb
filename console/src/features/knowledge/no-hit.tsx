// What somebody may do who found nothing.
import type { ReactElement } from 'react'

/** Ways on from an empty result; nothing was typed: none. */
export function useNoHit(_words: string, _order?: { id: string }): ReactElement | null {
  return null
}
