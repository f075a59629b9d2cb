// Makes the database and its two roles: the owner migrates, the app works and cannot change history.
import pg from 'pg'
import { keyedHash, type KeyRing } from '../crypto/index.ts'

export type Databases = { ownerUrl: string; appUrl: string; appRole: string; appRoleSeparate: boolean }

const withParts = (url: string, user: string, password: string, database: string): string => {
  const u = new URL(url)
  u.username = user
  u.password = password
  u.pathname = `/${database}`
  return u.toString()
}

/** For the embedded cluster: roles `minsheng_owner` and `minsheng_app` with passwords derived from the key file, so that none is stored. */
export async function provisionEmbedded(superuserUrl: string, keys: KeyRing, database = 'minsheng'): Promise<Databases> {
  const client = new pg.Client({ connectionString: superuserUrl })
  await client.connect()
  try {
    // Two at once (test workers, a server and its tools) would meet on the same catalogue rows; released with the connection.
    await client.query('select pg_advisory_lock(7012)')
    const passwords = { minsheng_owner: keyedHash(keys, 'db-role', 'minsheng_owner'), minsheng_app: keyedHash(keys, 'db-role', 'minsheng_app') }
    for (const [role, password] of Object.entries(passwords)) {
      const exists = await client.query('select 1 from pg_roles where rolname = $1', [role])
      await client.query(`${exists.rowCount ? 'alter' : 'create'} role ${role} login password ${client.escapeLiteral(password)}`)
    }
    const exists = await client.query('select 1 from pg_database where datname = $1', [database])
    if (!exists.rowCount) await client.query(`create database ${client.escapeIdentifier(database)} owner minsheng_owner encoding 'UTF8' lc_collate 'C.UTF-8' lc_ctype 'C.UTF-8' template template0`)
    return {
      ownerUrl: withParts(superuserUrl, 'minsheng_owner', passwords.minsheng_owner, database),
      appUrl: withParts(superuserUrl, 'minsheng_app', passwords.minsheng_app, database),
      appRole: 'minsheng_app',
      appRoleSeparate: true,
    }
  } finally {
    await client.end()
  }
}

/**
 * For an outside database: `DATABASE_URL` is the owner; the app role comes from `DATABASE_APP_URL`, else it is created, else
 * (no right to create roles) the owner works itself and append-only is not enforced by the database: said loudly in the log.
 */
export async function provisionOutside(ownerUrl: string, appUrl: string | null, keys: KeyRing): Promise<Databases> {
  if (appUrl) return { ownerUrl, appUrl, appRole: decodeURIComponent(new URL(appUrl).username), appRoleSeparate: true }
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const password = keyedHash(keys, 'db-role', 'minsheng_app')
    try {
      const exists = await client.query("select 1 from pg_roles where rolname = 'minsheng_app'")
      await client.query(`${exists.rowCount ? 'alter' : 'create'} role minsheng_app login password ${client.escapeLiteral(password)}`)
    } catch {
      const role = decodeURIComponent(new URL(ownerUrl).username)
      return { ownerUrl, appUrl: ownerUrl, appRole: role, appRoleSeparate: false }
    }
    await client.query(`grant connect on database ${client.escapeIdentifier(new URL(ownerUrl).pathname.slice(1))} to minsheng_app`)
    const database = new URL(ownerUrl).pathname.slice(1)
    return { ownerUrl, appUrl: withParts(ownerUrl, 'minsheng_app', password, database), appRole: 'minsheng_app', appRoleSeparate: true }
  } finally {
    await client.end()
  }
}

/** Refuses a database whose ctype is not UTF-8 aware: trigram search on Chinese would silently find nothing. */
export async function checkCollation(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ encoding: string; ctype: string; trgm: number }>(
      "select pg_encoding_to_char(encoding) as encoding, datctype as ctype, 0 as trgm from pg_database where datname = current_database()",
    )
    const row = rows[0]
    if (row?.encoding !== 'UTF8' || /^(C|POSIX)$/.test(row.ctype)) {
      throw new Error(`database has encoding ${row?.encoding}, ctype ${row?.ctype}; Minsheng needs UTF8 with a UTF-8 ctype, for example: create database … encoding 'UTF8' lc_ctype 'C.UTF-8' template template0`)
    }
  } finally {
    await client.end()
  }
}
