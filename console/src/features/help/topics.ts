// Which manual section the `?` of a page opens: name of the page's help → heading in docs/zh/pages.md.
export const topics: Record<string, string> = {
  assessmentUpper: '上级明细比对', knowledge: '知识库', tenants: '租户', units: '机构', users: '用户', roles: '角色', groups: '用户组', rights: '权限报表', settings: '参数与字典', products: '产品与菜单', calendar: '工作日历', messages: '短信与消息', sms: '短信台', labels: '标签库', security: '安全策略', audit: '审计记录',
  flows: '流程', forms: '表单', matters: '事项', duties: '职责清单', categories: '分类体系', limits: '时限规则', enterprises: '企业库', types: '诉求类型', issues: '事项下发', import: '历史数据导入', orders: '工单', reviews: '事项', kit: '工单', figures: '指标查询', models: '自定义查询', indicators: '指标目录', boards: '看板与专题', health: '运行体检', snapshots: '明细快照', hot: '热点话题与事件', flow: '流转分析', impact: '事件与政策影响', screens: '大屏与边界', leader: '领导驾驶舱', ask: '智能问数', assessment: '考核', quality: '质检', ai: '智能应用', prepaid: '企业预充值', store: '积分商城', directory: '机构用户同步', applications: '应用与授权',
}
