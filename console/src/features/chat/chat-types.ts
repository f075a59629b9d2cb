import type { OutputOf } from '../../api/call.ts'

export type Desk = OutputOf<'listChatDesk'>
export type Line = Desk['mine'][number]
export type Opened = OutputOf<'getChatSession'>
export type Message = Opened['messages'][number]

/** What the citizen said himself, for the registration. */
export const wordsOf = (messages: readonly Message[]): string => messages.filter((m) => m.author === 'citizen' && m.text !== '' && !m.hidden).map((m) => m.text).join('\n')
