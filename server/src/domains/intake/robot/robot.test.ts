import { expect, test } from 'vitest'
import { subjectOf, typeOf, wishOf } from './robot.ts'

test.each([
  ['我要转人工', 'human'], ['人工客服', 'human'], ['我的投诉办到哪了', 'progress'], ['查一下我的诉求', 'progress'], ['怎么投诉楼下烧烤店', 'appeal'], ['我要举报违建', 'appeal'],
  ['高龄补贴怎么申请', 'ask'], ['没解决', 'unsolved'], ['谢谢', 'thanks'], ['谢谢，那医保怎么办', 'ask'],
] as const)('“%s”是%s', (text, wish) => {
  expect(wishOf(text)).toBe(wish)
})

test('诉求类型由说法决定，没有说法就不定', () => {
  expect(typeOf('怎么投诉楼下烧烤店')).toBe('complaint')
  expect(typeOf('我要举报违建')).toBe('report')
  expect(typeOf('路灯不亮')).toBeNull()
})

test('去掉怎么说，剩下说什么；什么都不剩就用原话', () => {
  expect(subjectOf('请问怎么投诉楼下烧烤店油烟？')).toBe('楼下烧烤店油烟')
  expect(subjectOf('我要投诉')).toBe('我要投诉')
})
