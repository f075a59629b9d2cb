// Which unread messages become cards on this screen, and which cards have gone.

export type CardMessage = { id: string; type: string; level: 'P1' | 'P2' | 'P3' | 'P4'; repeats: number }
/** A message that repeats comes back as a new card. */
export const keyOf = (message: CardMessage): string => `message:${message.id}:${message.repeats}`

/** Kinds that stay until acknowledged, also for who signs in later; other P2 messages show only while the person is there. */
const lasting = ['order.improperReturn', 'supervision.', 'urge', 'knowledge.emergency']

export type Met = { /** Cards shown or passed over on this screen. */ keys: ReadonlySet<string>; /** Whether the first answer was seen: what waited before the person came is passed over, unless it lasts. */ began: boolean }

/** In a call nothing but P1 interrupts; what waited comes after it. `gone`: read elsewhere meanwhile. */
export function cardsOf<M extends CardMessage>(unread: readonly M[], met: Met, inCall: boolean): { show: M[]; passed: string[]; gone: string[] } {
  const loud = unread.filter((one) => one.level === 'P1' || one.level === 'P2')
  const now = new Set(loud.map(keyOf))
  const stays = (one: M): boolean => one.level === 'P1' || lasting.some((type) => one.type.startsWith(type))
  const fresh = loud.filter((one) => !met.keys.has(keyOf(one)))
  const asked = fresh.filter((one) => met.began || stays(one))
  return { show: asked.filter((one) => !inCall || one.level === 'P1').toReversed(), passed: fresh.filter((one) => !asked.includes(one)).map(keyOf), gone: [...met.keys].filter((key) => !now.has(key)) }
}
