// What stands in each place of a board: a panel, or the panels of a carousel that take turns there.

type Part = { tab?: string | undefined; carousel?: string | undefined; at?: unknown }

/** What stands in each place: one panel, or those that take turns there. */
export function placesOf<T extends Part>(panels: readonly T[]): T[][] {
  const places: T[][] = []
  const byName = new Map<string, T[]>()
  for (const one of panels) {
    const name = one.carousel === undefined ? undefined : `${one.tab ?? ''}\0${one.carousel}`
    const held = name === undefined ? undefined : byName.get(name)
    if (held) held.push(one)
    else {
      const place = [one]
      places.push(place)
      if (name !== undefined) byName.set(name, place)
    }
  }
  return places
}

/** The panels shown at a turn, counted from 0: one of each place. */
export const turned = <T extends Part>(panels: readonly T[], turn: number): T[] => placesOf(panels).flatMap((place) => { const one = place[turn % place.length]; return one ? [{ ...one, at: place[0]?.at }] : [] })
