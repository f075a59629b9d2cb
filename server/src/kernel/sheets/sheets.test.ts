import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createWriteStream } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { guessKind, neutralise, readRows, writeCsv, writeXlsx, type SheetKind, type SheetLine } from './index.ts'

let dir = ''
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sheets-'))
})
afterAll(() => rm(dir, { recursive: true, force: true }))

async function all(content: string | Buffer, kind: SheetKind): Promise<SheetLine[]> {
  const path = join(dir, `t${Math.random()}`)
  await writeFile(path, content)
  return Array.fromAsync(readRows(path, kind))
}

test('CSV 认得中文办公软件存的 GB 18030 编码', async () => {
  // 标题,内容 / 路灯,坏了 in GB 18030
  const gbk = Buffer.from('b1eacce22cc4dac8dd0ac2b7b5c62cbbb5c1cb0a', 'hex')
  expect(await all(gbk, 'csv')).toEqual([{ line: 2, values: { 标题: '路灯', 内容: '坏了' } }])
})

test('CSV 认得分号、制表符、引号内换行和重名列', async () => {
  expect((await all('a;b\n1;2', 'csv'))[0]?.values).toEqual({ a: '1', b: '2' })
  expect((await all('a\tb\n1\t2', 'csv'))[0]?.values).toEqual({ a: '1', b: '2' })
  expect((await all('\ufeffa,a,\n"一\n二",2,3', 'csv'))[0]?.values).toEqual({ a: '一\n二', 'a(2)': '2', 列3: '3' })
})

test('列数多于表头的一行报错，其余行照读', async () => {
  const rows = await all('a,b\n1,2,3\n4,5', 'csv')
  expect(rows.map((r) => Boolean(r.error))).toEqual([true, false])
})

test('JSON Lines 可压缩，坏行只影响自己', async () => {
  const rows = await all(gzipSync('{"a":1,"b":null}\nnot json\n\n{"a":{"x":1}}'), 'jsonl')
  expect(rows.map((r) => r.line)).toEqual([1, 2, 4])
  expect(rows[0]?.values).toEqual({ a: '1', b: '' })
  expect(rows[1]?.error).toBe('JSON 格式错误')
  expect(rows[2]?.values).toEqual({ a: '{"x":1}' })
})

test('没有内容或打不开的文件给出中文说明', async () => {
  await expect(all('', 'csv')).rejects.toThrow('文件是空的')
  await expect(all('garbage\nmore', 'jsonl')).rejects.toThrow('不是 JSON Lines')
  await expect(Array.fromAsync(readRows(join(dir, 'missing'), 'csv'))).rejects.toThrow('ENOENT')
})

test('XLSX 写出后读回：文字、数字、日期和公式样文字不变质', async () => {
  const path = join(dir, 'out.xlsx')
  const rows = [{ t: '路灯，坏了', n: 3, f: '=HYPERLINK("x")' }, { t: null, n: -1, f: '-5' }]
  await pipeline(writeXlsx({ title: '工单/一', columns: [{ key: 't', label: '标题' }, { key: 'n', label: '数量' }, { key: 'f', label: '备注' }], rows }), createWriteStream(path))
  expect((await Array.fromAsync(readRows(path, 'xlsx'))).map((r) => r.values)).toEqual([
    { 标题: '路灯，坏了', 数量: '3', 备注: `'=HYPERLINK("x")` },
    { 标题: '', 数量: '-1', 备注: '-5' },
  ])
})

test('CSV 写出的公式样文字加单引号', async () => {
  const chunks: string[] = []
  for await (const chunk of writeCsv({ columns: [{ key: 'a', label: '甲' }], rows: [{ a: '=1+1' }, { a: '@x' }, { a: '+8613800000000' }, { a: '-' }] })) chunks.push(String(chunk))
  expect(chunks.join('')).toBe("\ufeff甲\r\n'=1+1\r\n'@x\r\n+8613800000000\r\n-\r\n")
  expect(neutralise('\t=1')).toBe("'\t=1")
})

test('由文件名认出格式', () => {
  expect(guessKind('tickets.jsonl.gz')).toBe('jsonl')
  expect(guessKind('表.XLSX')).toBe('xlsx')
  expect(guessKind('a.exe')).toBeNull()
})
