import { defineTexts } from '../../../ui/texts.ts'

export const t = defineTexts({
  sync: '上级分类同步', mappings: '历史重映射', scheme: '分类体系', runs: '同步记录', noRuns: '还没有收到上级分类', push: '推送上级分类', pushHelp: '每行一个：编码,名称,上级编码（顶级不填上级编码）', nodes: '上级分类', differences: '差异', noDifferences: '没有差异', k_new: '新增', k_renamed: '改名', k_moved: '移动', k_deleted: '停用', code: '编码', name: '名称', before: '原名称或原上级', after: '新名称或新上级', kind: '变化', apply: '采用', discard: '放弃', applyAsk: '采用后立即生效：新增 {n}、改名 {r}、移动 {m}、停用 {d}。停用的分类不再供选择，历史工单保留原分类。', discardAsk: '放弃这次同步？', applied: '已采用', discarded: '已放弃', counts: '新增 {n} · 改名 {r} · 移动 {m} · 停用 {d}', badLine: '第 {n} 行没有名称',
  source: '来源', sourceTitle: '上级分类的来源', sourceUrl: '地址', sourceUrlHelp: '以 https:// 开头；答复为 JSON 分类清单（code、name、parentCode）。留空即取消。', token: '访问令牌', tokenKept: '已保存，不填则保留', daily: '每天自动取一次', sourceSaved: '已保存', fetch: '立即取一次', fetched: '已取到，见差异', none: '未设来源，由上级推送', from: '来源：{url}', asked: '上次 {at}', fault: '未取到：{fault}', stopped: '已停用',
  mappingHint: '停用分类的历史工单按对应的现行分类计入统计，工单上仍显示原分类；未对应 {n} 件', noMappings: '没有带工单的停用分类', old: '停用的分类', orders: '工单', to: '计入', proposal: '建议', map: '对应', unmap: '撤销对应', unmapAsk: '撤销后这些工单按原分类统计。', mapped: '已对应', unmapped: '已撤销', unsettled: '未对应', choose: '现行分类', samples: '如 {list}',
} as const)
