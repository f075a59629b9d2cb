import { beforeAll, expect, test } from 'vitest'
import { backgroundOf, checkReply, demandsOf, type Background } from './reply-check.ts'

const topics = [
  ['路灯不亮', '小区北门的路灯坏了很久，夜里看不清路，老人出行不便，请尽快维修', '经城管部门现场核查，该处路灯线路老化，已安排维修人员更换灯具并恢复照明，后续将加强巡查维护'],
  ['拖欠工资', '在工地干活三个月，老板一直拖欠工资不发，请劳动部门帮助讨要', '经人社部门调查核实，用人单位确有拖欠情况，已责令其限期支付工资，并将依法进行处罚'],
  ['停车收费', '商场停车场收费太高，没有公示收费标准，希望物价部门检查', '经市场监管部门检查，该停车场未按规定公示收费标准，已责令整改并要求退还多收费用'],
  ['学校招生', '孩子今年上小学，想咨询户口和房产不在一起怎么报名入学', '根据教育部门招生政策，适龄儿童应当在户籍和房产一致的学区报名，不一致的由学区统筹安排入学'],
  ['暖气不热', '家里暖气片温度只有十五度，晚上冻得睡不着，希望供热公司上门测温', '供热公司已上门测温，因管道堵塞造成循环不畅，冲洗后室温达到十九度'],
  ['公交改线', '早高峰公交车太挤，建议增加班次或者开通区间车', '交通运输部门已研究客流，自下周起在早高峰加密班次，缩短发车间隔'],
  ['养犬扰民', '楼上养了三条大型犬，半夜狂叫，不牵绳，孩子不敢下楼', '派出所民警已上门劝导，饲养人同意将超出规定的犬只送走并办理养犬登记'],
  ['垃圾清运', '垃圾桶满了三天没人清运，苍蝇很多，臭气难闻', '环卫公司已增派车辆清运并消杀，今后改为每天早晚各清运一次'],
]
let background: Background
const ask = (reply: string, more: Partial<Parameters<typeof checkReply>[0]> = {}) => checkReply({ title: '路灯不亮', content: topics[0]?.[1] ?? '', reply, units: ['教育局', '城管局'], competent: new Set(['城管局']), ...more }, background)

beforeAll(async () => {
  background = await backgroundOf(Array.from({ length: 240 }, (_, i) => {
    const [title = '', content = '', reply = ''] = topics[i % 8] ?? []
    return { question: `${title}。${content}（第${i}件）`, reply: `您好，您的诉求已收悉。${reply}。感谢您的关心和支持。` }
  }))
})

test('说清楚的答复没有问题；空答复不检查', () => {
  expect(ask(`您好，您反映的路灯不亮问题已收悉。${topics[0]?.[2]}。小区北门的路灯今晚已恢复正常，夜里出行不再受影响，感谢您的关心和支持。今后如再发现类似情况，请随时拨打热线反映，我们会第一时间处理。`)).toEqual([])
  expect(ask('  ')).toEqual([])
})
test('拿别的事的答复来答：指出答非所问', () => {
  expect(ask(`您好，您的诉求已收悉。${topics[1]?.[2]}。${topics[1]?.[1]}。如用人单位逾期仍不支付，劳动部门将申请法院强制执行，保障您的合法权益，感谢您的关心和支持。`)[0]).toMatchObject({ fault: 'template', text: '路灯不亮' })
})
test('分条的诉求漏答一条：指出漏的是哪一条', () => {
  const content = `1、${topics[0]?.[1]}\n2、商场停车场收费太高，没有公示收费标准，希望物价部门检查`
  expect(demandsOf(content)).toHaveLength(2)
  expect(ask(`您好，您反映的路灯不亮问题已收悉。${topics[0]?.[2]}。小区北门的路灯今晚已恢复正常，夜里出行不再受影响，老人出行方便了，感谢您的关心和支持，今后如再发现类似情况请随时拨打热线反映。`, { content })).toContainEqual(expect.objectContaining({ fault: 'unanswered', text: expect.stringContaining('停车场收费') }))
})
test('同音错字：指出写成了什么、可能是什么；诉求人自己的写法不算错', () => {
  const reply = '您好，该处路灯线路老化，已安排未修人员更换灯具。'
  expect(ask(reply)).toContainEqual({ fault: 'characters', text: '未修', instead: '维修' })
  expect(ask(reply, { content: '未修小区北门的路灯坏了很久' })).not.toContainEqual(expect.objectContaining({ fault: 'characters' }))
})
test('推给不承办这件事的单位：指出是哪个单位；推给承办单位不算', () => {
  expect(ask('您好，该事项属于教育局职责范围，请向教育局反映。')).toContainEqual(expect.objectContaining({ fault: 'otherUnit', instead: '教育局' }))
  expect(ask('您好，该事项由城管局负责，请向城管局反映。')).toEqual([])
})
test('没有足够的历史答复时只看单位，不乱猜', async () => {
  const few = await backgroundOf([])
  expect(checkReply({ title: '路灯不亮', content: '路灯坏了', reply: '未修人员明天来，请向教育局反映。', units: ['教育局'], competent: new Set() }, few)).toEqual([expect.objectContaining({ fault: 'otherUnit' })])
})
