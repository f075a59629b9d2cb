// Named statements whose columns are known are not described again: for a wide row the description costs both sides more than the row.
import pg from 'pg'

type Shape = Pick<ResultInside, 'fields' | '_parsers' | '_prebuiltEmptyResultObject'>
type ResultInside = { fields: unknown[]; _parsers: unknown[]; _prebuiltEmptyResultObject: object }
// What `Query` of pg has beside its published type; statement-names.test.ts fails where a new version differs.
type QueryInside = { name: string; _accumulateRows: unknown; _result: ResultInside; hasBeenParsed(connection: object): boolean; prepare(connection: object): void; handleCommandComplete(message: object, connection: object): void }
const Inside = pg.Query as unknown as new (config: pg.QueryConfig, values: undefined, callback: (error: Error | null, result: unknown) => void) => QueryInside

// A name stands for one text in the whole process. Where a table was changed meanwhile, PostgreSQL refuses the old plan before any row comes,
// and a new connection describes the statement anew.
const shapes = new Map<string, Shape>()

class KnownQuery extends Inside {
  override prepare(connection: object): void {
    const shape = this.hasBeenParsed(connection) ? shapes.get(this.name) : undefined
    if (!shape) return super.prepare(connection)
    Object.assign(this._result, shape)
    this._accumulateRows = true
    super.prepare(Object.create(connection, { describe: { value: () => undefined } }) as object)
  }

  override handleCommandComplete(message: object, connection: object): void {
    const { fields, _parsers, _prebuiltEmptyResultObject } = this._result
    shapes.set(this.name, { fields, _parsers, _prebuiltEmptyResultObject })
    super.handleCommandComplete(message, connection)
  }
}

/** Asks a statement by its name over `query` of a client: described the first time on each connection, from then on only bound and executed. */
export async function askKnown(query: (known: object) => unknown, config: pg.QueryConfig & { name: string }): Promise<unknown> {
  try {
    return await new Promise((resolve, reject) => {
      query(new KnownQuery(config, undefined, (error, result) => (error ? reject(error) : resolve(result))))
    })
  } catch (error) {
    // Where it was asked from tells more than where the answer was read.
    if (error instanceof Error) Error.captureStackTrace(error)
    throw error
  }
}
