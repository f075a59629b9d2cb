// The test set that ships: appeals with what proofreading must find in them, and as many that are right as they stand (ORD-09).
import type { Area, Fields } from './proofread.ts'

export const exampleAreas: Area[] = [{ code: '990101', name: '东湖区' }, { code: '990102', name: '西山区' }, { code: '990102003', name: '石桥街道' }, { code: '990101001', name: '河东街道' }, { code: '990103', name: '南河县' }, { code: '990103101', name: '柳林镇' }]

export type Example = { fields: Pick<Fields, 'title' | 'content' | 'address' | 'areaCode' | 'phone'> & { matterCategory?: string; categoryId?: string; missing?: Fields['missing'] }; expected: string[] }

const e = (title: string, content: string, areaCode: string | null, expected: string[], more: Partial<Example['fields']> = {}): Example => ({ fields: { title, content, address: '', phone: '13912345678', areaCode, ...more }, expected })

export const shippedExamples: Example[] = [
  e('路灯不亮', '东湖区幸福小区北门的路灯坏了一周', '990101', []),
  e('路灯不亮', '河东街道幸福路的路灯坏了一周', '990101', []),
  e('路灯不亮', '西山区石桥街道的路灯坏了一周', '990101', ['areaDiffers']),
  e('供暖不热', '南河县柳林镇居民家里供暖不热，室温十四度', '990103', []),
  e('供暖不热', '南河县柳林镇居民家里供暖不热，室温十四度', '990102', ['areaDiffers']),
  e('供暖不热', '我家在柳林镇，供暖一直不热', null, ['areaMissing']),
  e('垃圾清运不及时', '石桥街道菜市场后面垃圾清运不及时', null, ['areaMissing']),
  e('垃圾清运不及时', '石桥街道菜市场后面垃圾清运不及时', '990102', []),
  e('夜间施工噪音', '工地夜间施工到凌晨两点，噪音很大', '990101', []),
  e('供暖不热', '小区北门夜间施工噪音很大，影响休息', '990101', ['titleApart']),
  e('拖欠工资', '公交车经常晚点，早高峰等不到车', '990102', ['titleApart']),
  e('公交车晚点', '公交车经常晚点，早高峰等不到车', '990102', []),
  e('自来水浑浊', '打开水龙头，自来水发黄浑浊已经三天', '990101', ['phoneLength'], { phone: '1391234567' }),
  e('自来水浑浊', '打开水龙头，自来水发黄浑浊已经三天', '990101', ['phoneLength'], { phone: '139123456789' }),
  e('井盖缺失', '人行道井盖缺失，请打13912345679联系我', '990101', ['phoneDiffers']),
  e('井盖缺失', '人行道井盖缺失，物业电话13800000000不接', '990101', []),
  e('下水道堵塞', '下水道堵塞污水外溢', '990103', [], { phone: '' }),
  e('下水道堵塞', '下水道堵塞污水外溢，一楼住户进水', '990103', ['categoryDiffers'], { matterCategory: 'drainage', categoryId: 'heating' }),
  e('下水道堵塞', '下水道堵塞污水外溢，一楼住户进水', '990103', [], { matterCategory: 'drainage', categoryId: 'drainage' }),
  e('暖气费退费', '申请暖气费退费，一直没有答复', '990101', ['elementMissing'], { missing: [{ code: 'account', name: '户号' }] }),
  e('违章停车', '东湖区学校门口违章停车堵塞道路', '990101001', []),
  e('违章停车', '西山区学校门口违章停车堵塞道路', '990101001', ['areaDiffers']),
  e('电梯故障', '东湖区某小区电梯故障停运三天', '990102', ['areaDiffers']),
  e('电梯故障', '电梯故障停运三天，老人下不了楼', '990102', []),
  e('扰民', '广场舞音响声音过大', '990102', []),
  e('树木倒伏', '大风后树木倒伏压住电线', '990103', ['areaDiffers'], { address: '河东街道一号' }),
]
