// Texts of what the centre publishes, and of QR codes.
import { defineTexts } from '../../ui/texts.ts'

const zh = {
  posts: '公告与案例', add: '新增', fromOrder: '由工单起草', orderNumber: '工单编号', orderNumberHelp: '带出诉求和答复，并去除诉求人姓名和规则能识别的个人信息；发布前仍须逐字核对', draft: '起草', batch: '按批生成结果', batchHelp: '取一段时间内办结、有答复的工单，合成一份“办理结果”草稿；不带姓名和规则能识别的个人信息，保密的和已公开过的不取。发布前仍须他人逐字核对。', closedFrom: '办结时间从', closedUntil: '到', batchLimit: '最多件数', batchMade: '已生成草稿，共 {n} 件', batchMadeLeft: '已生成草稿，共 {n} 件；篇幅已满，还有 {left} 件可另起一份', push: '推送到公众号', pushN: '{n} 条', pushHelp: '合成一条消息，发给绑定了公众号且没有关闭“政策与公告”的用户：', pushDone: '已开始推送，已绑定 {n} 人', 'col.pushed': '最近推送',
  'kind.notice': '公告', 'kind.hot': '热点', 'kind.case': '典型案例', 'kind.result': '办理结果', 'kind.intro': '中心介绍', 'kind.faq': '问答', category: '业务分类', categoryHelp: '问答按它浏览，例如：供热供水、社保医保', postMatter: '对应事项', matterHelp: '看过答案仍要提交诉求的人从这里进入', faqHelp: '问答：标题写问题，摘要写别的问法（空格分开），正文写答案',
  'state.draft': '草稿', 'state.review': '待审核', 'state.approved': '待发布', 'state.published': '已发布', 'state.withdrawn': '已撤回',
  'col.kind': '类别', 'col.title': '标题', 'col.state': '状态', 'col.author': '作者', 'col.reviewer': '审核人', 'col.published': '发布时间', 'col.reads': '阅读', 'col.updated': '更新时间', sort: '排序', newest: '最近更新', reads: '阅读最多', pinnedTag: '置顶',
  kind: '类别', title: '标题', summary: '摘要', body: '正文', bodyHelp: '段落之间空一行', pinned: '置顶', announce: '发布时通知所有公众账号', announceHelp: '进入每个公众账号的消息中心', publishAt: '定时发布', publishAtHelp: '不填则审核通过后立即发布', expiresAt: '自动下架', files: '图片和附件', save: '保存', saved: '已保存', edit: '修改', submit: '送审', submitted: '已送审', approve: '审核通过', approved: '已通过', sendBack: '退回修改', sentBack: '已退回', withdraw: '撤回', withdrawn: '已撤回，公众各入口不再显示', reason: '原因', opinion: '审核意见', checked: '我已逐字核对，没有姓名、住址等个人信息', checkedNeeded: '请先核对并勾选', withdrawText: '撤回后公众各入口立即不再显示。',
  personal: '正文含{kinds}，不能公开', redact: '去除个人信息', redacted: '已去除，请核对后保存', preview: '公众看到的样子', facts: '情况', order: '来源工单', noOrder: '无', newPost: '新内容', notFound: '没有这条内容', backToList: '返回列表',
  qrcodes: '投诉二维码', addQr: '新增二维码', changeQr: '修改二维码', 'qr.general': '通用', 'qr.place': '场所', 'qr.enterprise': '企业', 'qr.unit': '单位', 'qr.campaign': '活动', 'qrState.on': '使用中', 'qrState.off': '已停用', 'qrState.early': '未到时间', 'qrState.over': '已过期',
  name: '名称', nameHelp: '自己看的名称', subject: '场所、企业、单位或活动', appealType: '诉求类型', matter: '诉求事项', area: '区域', address: '地点', validFrom: '开始时间', validUntil: '结束时间', enabled: '启用', 'col.name': '名称', 'col.subject': '对象', 'col.place': '地点', 'col.scans': '扫码', 'col.submissions': '提交', 'col.valid': '有效期', print: '打印', forever: '长期', until: '至 {at}', noAddress: '门户网址还没有设置，二维码不能打印', noAddressHelp: '请在“参数与字典”中填写“门户网址”（portal.address）',
  sheetScan: '扫一扫，反映问题', sheetHow: '用手机扫描二维码，说清事情，拍照上传，马上得到编号', sheetCall: '也可以拨打', printNow: '打印', sheetNote: '有效期{valid}　编号 {code}',
} as const

export const t = defineTexts(zh)
