// Enter moves to the next field of a form, as at a counter; text blocks keep it for new lines, open lists for choosing.
import type { KeyboardEvent } from 'react'
import { composing } from '../../ui/keys.ts'

/** For `onKeyDown` of the form's root. */
export function moveOn(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'Enter' || event.ctrlKey || event.altKey || event.shiftKey || event.metaKey || composing(event.nativeEvent)) return
  const from = event.target
  if (!(from instanceof HTMLInputElement) || from.getAttribute('aria-expanded') === 'true' || from.type === 'file') return
  const field = from.closest('[data-field]')
  const fields = [...event.currentTarget.querySelectorAll('[data-field]')]
  const next = fields[fields.indexOf(field ?? fields[0] ?? from) + 1]
  const input = next?.querySelector<HTMLElement>('input[type=radio]:checked, input:not([disabled]), textarea, button')
  if (!input) return
  event.preventDefault()
  input.focus()
}
