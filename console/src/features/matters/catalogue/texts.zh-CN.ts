import { defineTexts } from '../../../ui/texts.ts'

export const t = defineTexts({
  catalogue: '要素目录', add: '新建要素', edit: '修改', retire: '停用', restore: '恢复', relate: '建立关系', unrelate: '删除', family: '类别', code: '编码', name: '名称', category: '分级类目', categoryHelp: '如 公共设施 / 照明', definition: '定义', attributes: '属性', attributesHelp: '每行一项：名称：说明', relations: '关系', relationKind: '关系类型', to: '另一个要素', versions: '变更记录', usedBy: '使用的事项', usedByN: '{n} 个事项', noElements: '目录是空的', noGraph: '没有要素', graph: '关系图谱', graphOf: '{n} 个要素，{m} 条关系', allFamilies: '全部类别', allRelations: '全部关系', matter: '事项', around: '只看相邻', everything: '看全部', saved: '已保存', hint: '点图中的要素看定义；按类别、关系或事项筛选', version: '第 {n} 版', f_event: '事件', f_request: '诉求', f_subject: '主体', f_object: '对象', f_address: '地址', f_requester: '诉求人', r_hierarchy: '上下级', r_association: '关联', r_dependency: '依赖', retired: '已停用', none: '–', removeAsk: '删除这条关系？', from: '从', toward: '到', relation: '关系', choose: '在图中点一个要素，看它的定义、关系和使用的事项',
} as const)
