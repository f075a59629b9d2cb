import { describe, expect, it } from 'vitest'
import { cellsOf, csvOf, readSheet } from './sheet.ts'

const columns = [{ key: 'code', label: '机构编码', required: true }, { key: 'name', label: '名称', required: true }, { key: 'note', label: '备注' }]

describe('粘贴与 CSV 的读取', () => {
  it('按表头对列，不管顺序，忽略必填星号和空行', () => {
    const read = readSheet('名称*\t机构编码\n甲局\tA1\n\n乙局\tA2\n', columns)
    expect(read.rows).toEqual([{ code: 'A1', name: '甲局', note: '' }, { code: 'A2', name: '乙局', note: '' }])
    expect(read.missing).toEqual([])
  })
  it('引号内的逗号、引号和换行属于单元格', () => {
    expect(cellsOf('a,b\r\n"x,1","他说""好""\n第二行"\r\n')).toEqual([['a', 'b'], ['x,1', '他说"好"\n第二行']])
  })
  it('说出缺少的列和不认识的列', () => {
    const read = readSheet('机构编码,颜色\nA1,红', columns)
    expect(read.missing).toEqual(['名称'])
    expect(read.unknown).toEqual(['颜色'])
  })
  it('写出的公式样单元格不会被当作公式', () => {
    expect(csvOf([['=1+1', '普通']])).toBe("\uFEFF'=1+1,普通\r\n")
  })
})
