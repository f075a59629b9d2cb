// Whether there is anything to deliver, asked in one statement: lanes that wait for nothing cost no transaction of their own.
import { sql, type Kysely } from 'kysely'
import { toIso, type Instant } from '../time/index.ts'

// An aggregate always takes the same lane, so its events stay in order. Handlers mostly wait for the database: one lane falls behind a rush.
// The number is kept with the cursors (migration): changing it here alone would lose or repeat events.
export const LANES = 4
/** Events looked at in one round; a lane handles its share of them. */
export const WINDOW = 100

/** Place in the stream: transaction, then number. */
export type Position = { xid: string; id: number }

/** Name of a lane's cursor. */
export const lane = (number: number): string => `lane ${number}`

/** The lane of an event `o`. */
export const laneNumber = sql<number>`(abs(hashtext(o.aggregate_id)::bigint) % ${sql.lit(LANES)})::int`

export type Lookout = {
  /** Lanes with events that nobody handled; `more`: look once more, there are events behind those; `retries`: something set aside is due. */
  look(now: Instant): Promise<{ lanes: number[]; more: boolean; retries: boolean }>
  /** This lane was delivered up to here. */
  reached(lane: number, at: Position): void
  /** After a failure: the database knows better. */
  forget(): void
}

type Seen = Position & { lane: number }

const before = (a: Position, b: Position): boolean => (a.xid === b.xid ? a.id < b.id : BigInt(a.xid) < BigInt(b.xid))

/**
 * Remembers how far each lane is, at most as far as its cursor: positions go into the statement as values (joined in, the planner walks
 * the index from its beginning), and another process that went further only makes us look at events once more. The cursors of lanes that
 * had nothing of their own are moved along here, so that housekeeping and the next start need not look at old events.
 */
export function createLookout(db: Kysely<Record<string, never>>): Lookout {
  let known: Position[] | null = null

  async function cursors(): Promise<Position[]> {
    const { rows } = await sql<Position & { consumer: string }>`select consumer, xid::text, id from kernel_outbox_cursor`.execute(db)
    return Array.from({ length: LANES }, (_, n) => rows.find((row) => row.consumer === lane(n)) ?? { xid: '0', id: 0 })
  }

  async function moveAlong(places: readonly Position[], last: Position): Promise<void> {
    const behind = places.flatMap((at, n) => (before(at, last) ? [lane(n)] : []))
    if (behind.length === 0) return
    await sql`update kernel_outbox_cursor set xid = ${last.xid}::xid8, id = ${last.id} where consumer = any(${behind}) and (xid, id) < (${last.xid}::xid8, ${last.id}::bigint)`.execute(db)
    known = places.map((at) => (before(at, last) ? last : at))
  }

  return {
    async look(now) {
      const places = (known ??= await cursors())
      const first = places.reduce((a, b) => (before(b, a) ? b : a))
      const { rows } = await sql<Partial<Seen> & { due: boolean }>`/* kept */ select d.due, s.xid, s.id, s.lane
        from (select exists (select 1 from kernel_outbox_retry r where r.next_at <= ${toIso(now)}::timestamptz) as due) d left join lateral (
          select o.xid::text as xid, o.id, ${laneNumber} as lane from kernel_outbox o
          where (o.xid, o.id) > (${first.xid}::xid8, ${first.id}::bigint) and o.xid < pg_snapshot_xmin(pg_current_snapshot())
          order by o.xid, o.id limit ${WINDOW}) s on true`.execute(db)
      const seen = rows.flatMap(({ xid, id, lane: n }) => (xid && id && n !== undefined && n !== null ? [{ xid, id, lane: n }] : []))
      const lanes = [...new Set(seen.flatMap((event) => (before(places[event.lane] ?? event, event) ? [event.lane] : [])))]
      const last = seen.reduce<Position | undefined>((far, event) => (far && before(event, far) ? far : event), undefined)
      // With news in the window nobody is moved: its lane goes on from where it stands.
      if (last && lanes.length === 0) await moveAlong(places, last)
      return { lanes, more: lanes.length === 0 && seen.length === WINDOW, retries: rows[0]?.due === true }
    },
    reached(number, at) {
      known = known?.map((place, n) => (n === number && before(place, at) ? { xid: at.xid, id: at.id } : place)) ?? null
    },
    forget() {
      known = null
    },
  }
}
