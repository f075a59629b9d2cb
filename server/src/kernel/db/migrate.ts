// Forward-only plain SQL migrations of the kernel and all modules, in the order of their timestamps.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, basename } from 'node:path'
import type { Pool } from './connect.ts'

export type Migration = { name: string; text: string; hash: string }

const here = import.meta.dirname

/** Reads every `migrations/*.sql` below kernel and domains. */
export function readMigrations(): Migration[] {
  const src = join(here, '..', '..')
  const folders = [join(src, 'kernel', 'migrations'), ...readdirSync(join(src, 'domains'), { withFileTypes: true }).filter((d) => d.isDirectory()).map((d) => join(src, 'domains', d.name, 'migrations'))]
  const files = folders.flatMap((folder) => {
    try {
      return readdirSync(folder).filter((f) => f.endsWith('.sql')).map((f) => join(folder, f))
    } catch {
      return []
    }
  })
  return files
    .map((file) => {
      const text = readFileSync(file, 'utf8')
      return { name: basename(file, '.sql'), text, hash: createHash('sha256').update(text).digest('hex') }
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

/** One value for the whole set, to name template databases and to see at a glance whether anything is new. */
export const migrationsHash = (list: Migration[]): string => createHash('sha256').update(list.map((m) => m.hash).join()).digest('hex').slice(0, 12)

/**
 * Applies what is missing, as the owner role, one transaction a file, under an advisory lock.
 * An applied file that was changed is refused. Grants for the app role are set afterwards.
 */
export async function migrate(owner: Pool, appRole: string): Promise<string[]> {
  const client = await owner.connect()
  try {
    await client.query('select pg_advisory_lock(7010)')
    await client.query('create table if not exists kernel_migration (name text primary key, hash text not null, applied_at timestamptz not null default now())')
    const done = new Map((await client.query<{ name: string; hash: string }>('select name, hash from kernel_migration')).rows.map((r) => [r.name, r.hash]))
    const applied: string[] = []
    for (const migration of readMigrations()) {
      const hash = done.get(migration.name)
      if (hash === migration.hash) continue
      if (hash) throw new Error(`migration ${migration.name} was changed after it had been applied`)
      await client.query('begin')
      try {
        await client.query(migration.text)
        await client.query('insert into kernel_migration (name, hash) values ($1, $2)', [migration.name, migration.hash])
        await client.query('commit')
      } catch (error) {
        await client.query('rollback')
        throw new Error(`migration ${migration.name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
      }
      applied.push(migration.name)
    }
    await grant(client, appRole)
    return applied
  } finally {
    await client.query('select pg_advisory_unlock(7010)').catch(() => undefined)
    client.release()
  }
}

/**
 * The app role may not change history: tables whose comment begins with "append-only" get select and insert only. What is not ours
 * (an extension that the site installed in the same schema) is left as it is.
 */
async function grant(client: { query: (text: string) => Promise<{ rows: unknown[] }> }, appRole: string): Promise<void> {
  await client.query(`
    do $$ declare t record; begin
      for t in select c.relname, coalesce(obj_description(c.oid), '') as note, c.relkind
               from pg_class c join pg_namespace n on n.oid = c.relnamespace
               where n.nspname = 'public' and c.relkind in ('r','p','v') and not c.relispartition and pg_has_role(c.relowner, 'usage') loop
        execute format('revoke all on %I from ${appRole}', t.relname);
        if t.note like 'append-only%' then execute format('grant select, insert on %I to ${appRole}', t.relname);
        elsif t.relname = 'kernel_migration' or t.relkind = 'v' then execute format('grant select on %I to ${appRole}', t.relname);
        else execute format('grant select, insert, update, delete on %I to ${appRole}', t.relname);
        end if;
      end loop;
      for t in select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'S' and pg_has_role(c.relowner, 'usage') loop
        execute format('grant usage on sequence %I to ${appRole}', t.relname);
      end loop;
      for t in select p.oid::regprocedure as name from pg_proc p where p.pronamespace = 'public'::regnamespace and pg_has_role(p.proowner, 'usage')
               and not exists (select 1 from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e') loop
        execute format('grant execute on function %s to ${appRole}', t.name);
      end loop;
    end $$`)
}

/** Names of tables and views with a tenant_id column, for the tenant guard. */
export async function tenantTables(pool: Pool): Promise<Set<string>> {
  const { rows } = await pool.query<{ table_name: string }>("select table_name from information_schema.columns where table_schema = 'public' and column_name = 'tenant_id'")
  return new Set(rows.map((r) => r.table_name))
}
