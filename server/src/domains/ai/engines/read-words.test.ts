import { expect, test } from 'vitest'
import { addressIn } from './read-words.ts'

test.each([
  ['云帆路南口三盏路灯坏了一周，晚上行人看不清路，请尽快维修', '云帆路'],
  ['我家住在幸福路12号院3号楼，停水两天', '幸福路12号院3号楼'],
  ['施工把马路挖断了，大家没法走路', undefined],
  ['清江路和看守所街交口积水', '清江路'],
])('“%s”的地址是 %s', (text, value) => {
  expect(addressIn(text)?.value).toBe(value)
})
