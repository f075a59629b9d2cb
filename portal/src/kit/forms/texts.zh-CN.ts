import { defineTexts } from '../texts.ts'

export const t = defineTexts({
  choose: '请选择', notYet: '填写后自动计算', text: '详细地址', name: '姓名', phone: '电话', level: '{label} 第 {n} 级', row: '第 {n} 行', addRow: '添加一行', removeRow: '删除',
  locate: '获取当前位置', located: '经度 {lon}，纬度 {lat}', locateFailed: '没有取到位置，可以用文字说明',
} as const)
