import { expect, test } from 'vitest'
import { maskText, unfounded } from './mask.ts'

test('姓名、电话、证件号、卡号、邮箱、车牌离开之前都换成记号，回来时还原', () => {
  const text = '我叫周大海，电话１３９ １２３４ ５６７８，座机0990-5550001，身份证110101199003077774，卡号6222020200112233445，邮箱zhou@example.org，车牌京A12345，我叫周大海。'
  const { text: sent, count, restore } = maskText(text, ['陈小满'])
  expect(sent).not.toMatch(/周大海|1234|555|110101|6222|example|A12345/)
  expect(count).toBe(7)
  expect(restore('〔姓名1〕反映，可拨〔电话1〕联系。')).toBe('周大海反映，可拨139 1234 5678联系。')
  expect(maskText('诉求人张建国来电，联系人李明，要求维修').text).toBe('诉求人〔姓名2〕来电，联系人〔姓名1〕，要求维修')
  expect(maskText('陈小满说路灯不亮', ['陈小满']).text).toBe('〔姓名1〕说路灯不亮')
})
test('答案里资料没有的数字、日期、文件名和记号都算编造', () => {
  expect(unfounded('7月3日起路灯不亮，收费1,200元', '诉求人称7月3日起路灯不亮，被收1200元')).toEqual([])
  expect(unfounded('依据《城市照明条例》第12条，三日内赔偿500元，请拨〔电话2〕', '路灯不亮，〔电话1〕')).toEqual(['12', '500', '《城市照明条例》', '〔电话2〕'].toSorted((a, b) => '依据《城市照明条例》第12条，三日内赔偿500元，请拨〔电话2〕'.indexOf(a) - '依据《城市照明条例》第12条，三日内赔偿500元，请拨〔电话2〕'.indexOf(b)))
})
