// Refuses a query on tenant-owned tables that does not name tenant_id: a forgotten filter fails in the first test, not at a customer's.
import type { KyselyPlugin, PluginTransformQueryArgs, PluginTransformResultArgs, QueryResult, RootOperationNode, UnknownRow } from 'kysely'

type Node = { kind: string } & Record<string, unknown>
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'kind' in value

const TENANT = 'tenant_id'

export class TenantGuard implements KyselyPlugin {
  readonly #owned: ReadonlySet<string>

  /** `owned`: names of tables and views that have a tenant_id column; read from the catalogue at boot. */
  constructor(owned: ReadonlySet<string>) {
    this.#owned = owned
  }

  transformQuery(args: PluginTransformQueryArgs): RootOperationNode {
    this.#check(args.node as unknown as Node)
    return args.node
  }

  async transformResult(args: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    return args.result
  }

  /** Each select, update and delete is judged by itself: subqueries may be correlated through their own tenant_id. */
  #check(root: Node): void {
    const seen = { tables: [] as string[], mentions: 0 }
    this.#walk(root, seen)
    if (seen.tables.length > 0 && seen.mentions === 0) {
      throw new Error(`query on ${seen.tables.join(', ')} without ${TENANT}: add the filter, or use acrossTenants(ctx, reason)`)
    }
  }

  #walk(value: unknown, seen: { tables: string[]; mentions: number }): void {
    if (Array.isArray(value)) {
      for (const item of value) this.#walk(item, seen)
      return
    }
    if (!isNode(value)) return
    if (value.kind === 'TableNode') {
      const name = tableName(value)
      if (name && this.#owned.has(name)) seen.tables.push(name)
      return
    }
    if (value.kind === 'ColumnNode') {
      const column = value['column']
      if (isNode(column) && column['name'] === TENANT) seen.mentions += 1
      return
    }
    if (value.kind === 'RawNode') {
      const fragments = value['sqlFragments']
      if (Array.isArray(fragments) && fragments.some((f) => typeof f === 'string' && f.includes(TENANT))) seen.mentions += 1
    }
    for (const key in value) if (key !== 'kind') this.#walk(value[key], seen)
  }
}

function tableName(node: Node): string | null {
  const table = node['table']
  if (!isNode(table)) return null
  const identifier = table['identifier']
  return isNode(identifier) && typeof identifier['name'] === 'string' ? identifier['name'] : null
}
