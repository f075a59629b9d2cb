import { expect, test } from 'vitest'
import { applyMask, isMasked, maskAddress, maskEmail, maskIdNumber, maskName, maskPhone, maskText } from './index.ts'
import type { MaskRule } from './index.ts'

test.each([
  ['13812345678', '138****5678'],
  ['138 1234 5678', '138****5678'],
  ['+86 138-1234-5678', '138****5678'],
  ['013812345678', '138****5678'],
  ['010-82345678', '010-****5678'],
  ['01082345678', '010-****5678'],
  ['0571-8234567', '0571-***4567'],
  ['010-82345678-801', '010-****5678-***'],
  ['01082345678-801', '010-****5678-***'],
  ['010-82345678转801', '010-****5678-***'],
  ['82345678', '****5678'],
  ['400-812-3456', '400-***3456'],
  ['+14155550100', '+14*****0100'],
  ['12345', '****5'],
  ['', ''],
])('电话 %s 显示为 %s', (value, shown) => {
  expect(maskPhone(value)).toBe(shown)
})

test.each([
  ['王小明', '王*明'],
  ['王明', '王*'],
  ['王', '*'],
  ['王李小明', '王**明'],
  ['林先生', '林**'],
  ['欧阳', '欧*'],
  ['欧阳修', '欧阳*'],
  ['欧阳小明', '欧阳*明'],
  ['欧阳女士', '欧阳**'],
  ['阿依·买买提', '阿**·买**'],
  ['Li Lei', 'L** L**'],
  ['𠮷小明', '𠮷*明'],
])('姓名 %s 显示为 %s', (value, shown) => {
  expect(maskName(value)).toBe(shown)
})

test.each([
  ['11010519491231002X', '110***********002X'],
  ['110105491231002', '110********1002'],
  ['E12345678', 'E1*****78'],
  ['AB', 'A*'],
])('证件号 %s 显示为 %s', (value, shown) => {
  expect(maskIdNumber(value)).toBe(shown)
})

test.each([
  ['示例省示例市示例区示例街道幸福小区3号楼2单元501', '示例省示例市示例区示例街道***'],
  ['示例市示例区示例街道幸福社区和平里5号', '示例市示例区示例街道幸福社区***'],
  ['示例县桥头镇李家村12号', '示例县桥头镇李家村***'],
  ['示例市新镇区古乡乡三组十二号', '示例市新镇区古乡***'],
  ['示例区三里街道五一路8号', '示例区三里街道***'],
  ['示例市示例区长安路十二号院', '示例市示例区长安路***'],
  ['示例街道城市花园小区', '示例街道***'],
  ['幸福社区', '幸福社区***'],
  ['桥头镇市场路5号', '桥头镇***'],
  ['12号楼', '***'],
  ['某大厦', '***'],
])('地址 %s 显示为 %s', (value, shown) => {
  expect(maskAddress(value)).toBe(shown)
})

test('电子邮箱只留首字母和域名', () => {
  expect(maskEmail('zhangsan@example.com')).toBe('z***@example.com')
  expect(maskEmail('not-an-address')).toBe('n*************')
})

test('正文里的电话和身份证号被遮盖，其余不动', () => {
  expect(maskText('请回电13812345678或138-1234-5678，座机010-82345678，证件11010519491231002X，工单261121038100012')).toBe(
    '请回电138****5678或138****5678，座机010-****5678，证件110***********002X，工单261121038100012',
  )
})

test.each<[MaskRule, string, string]>([
  [{ algorithm: 'replace', label: '姓名' }, '王小明', '*姓名*'],
  [{ algorithm: 'maskPart', keepStart: 3, keepEnd: 4 }, '13812345678', '138****5678'],
  [{ algorithm: 'maskPart', keepStart: 3, keepEnd: 4 }, '123', '12*'],
  [{ algorithm: 'maskPart', keepStart: 0, keepEnd: 0 }, '12', '**'],
  [{ algorithm: 'truncate', keep: 4 }, '示例街道3号', '示例街道***'],
  [{ algorithm: 'truncate', keep: 9 }, '示例街道', '示例街***'],
  [{ algorithm: 'round', step: 10 }, '37', '约30'],
  [{ algorithm: 'round', step: 1000 }, '-1', '约-1000'],
  [{ algorithm: 'round', step: 10 }, '保密', '******'],
  [{ algorithm: 'round', step: 0 }, '37', '******'],
  [{ algorithm: 'hide' }, '任何内容', '******'],
])('规则 %j 把 %s 显示为 %s，且可识别为已脱敏', (rule, value, shown) => {
  expect(applyMask(value, rule)).toBe(shown)
  expect(isMasked(shown)).toBe(true)
  expect(applyMask(shown, rule)).toBe(shown)
  expect(applyMask('', rule)).toBe('')
})

test('各种遮盖结果都可识别，再遮盖不变；真实值不会被误认', () => {
  const samples: [(value: string) => string, string][] = [
    [maskPhone, '13812345678'],
    [maskPhone, '0571-8234567'],
    [maskName, '王明'],
    [maskName, '王'],
    [maskIdNumber, '11010519491231002X'],
    [maskAddress, '示例街道'],
    [maskEmail, 'zhangsan@example.com'],
  ]
  for (const [mask, value] of samples) {
    expect(isMasked(value)).toBe(false)
    expect(isMasked(mask(value))).toBe(true)
    expect(mask(mask(value))).toBe(mask(value))
  }
  expect(isMasked('约翰')).toBe(false)
})
