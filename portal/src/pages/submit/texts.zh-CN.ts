// Words of submitting an appeal.
import { defineTexts } from '../../kit/texts.ts'

export const t = defineTexts({
  title: '我要诉求', next: '下一步', back: '上一步', kept: '已存在这台设备上', notKept: '这台设备不能保存草稿，请一次填完', startOver: '清空重填', startOverAsk: '清空后已填写的内容和照片都会删除', startOverDo: '清空', keep: '保留',
  resume: '接着上次的填写，内容没有丢', closed: '现在不能网上提交',
  stepSay: '说事情', stepPlace: '在哪里', stepPhotos: '照片', stepMore: '补充情况', stepContact: '怎么联系您', stepReview: '核对并提交',
  sayTitle: '您遇到了什么事？', sayLabel: '把事情写下来', sayHelp: '什么时候、在哪里、什么情况、希望怎么解决。不用写电话和身份证号。', sayHolder: '例如：小区北门的路灯坏了一周，晚上老人出行不方便，希望尽快修好。', sayShort: '请把事情写清楚一些（至少 5 个字）', sayLong: '请写在 2000 字以内',
  assistGo: '帮我填好', assistTitle: '从您的话里认出这些', assistHelp: '不对的去掉勾选，填好后每一步都还能改。由规则识别，请核对。', assistSure: '比较确定', assistUnsure: '请核对', assistTake: '填进表单', assistLeave: '不用，自己填', assistTaken: '已填好 {n} 项，请逐步核对', assistNothing: '没有认出可以填写的内容，请自己填写', assistFailed: '没有成功，请自己填写', assistTidy: '整理后的文字', speechOff: '语音识别没有开通，请打字；也可以用手机键盘上的话筒', speechUnread: '这段录音无法读取，请重录或打字', speechFile: '语音', speechGo: '说出来', speechBusy: '正在识别', readFrom: '从您的描述中得到，可以修改',
  typeLabel: '您希望', matterTitle: '看起来是这类事情，对吗？', matterNone: '都不是', matterChoose: '自己选', matterChosen: '事项', matterChange: '更改', matterSearch: '搜索事项', matterSearchHolder: '例如：供热、噪音、停车', matterEmpty: '没有找到，可以跳过，由工作人员判断', matterSkip: '说不清，由工作人员判断', matterClose: '选择事项', matterAll: '全部',
  ownTitle: '您已经有一件同类诉求正在办理', ownText: '补充到这一件会更快，不用重新提交。', ownOpen: '去补充', ownAt: '{at} 提交',
  placeTitle: '事情发生在哪里？', placeHere: '用我的位置', placeHereBusy: '正在定位', placeArea: '选择区域', placeAreaChange: '更改区域', placeAddress: '详细地址', placeAddressHelp: '路名、小区、楼栋、附近的标志', placeAddressHolder: '例如：汇文路 12 号院 3 号楼', placeChosen: '所在区域', placeNeeded: '请选择所在区域', placeDenied: '没有得到位置权限，请选择区域并填写地址', placeFailed: '定位没有成功，请选择区域并填写地址', placeFar: '您的位置不在{area}范围内，请选择事情发生的区域', placeFound: '已定位到 {name}，请核对', placeSheet: '选择区域',
  nearTitle: '附近有 {n} 件同样的问题', nearText: '{place} · {matter}', nearState: '{state} {n} 件', nearJoin: '我也遇到，一并登记', nearJoined: '已选择一并登记，您会有自己的编号', nearNo: '不是，继续',
  photosTitle: '有照片、视频或文件吗？', photosHelp: '最多 {n} 个，PDF、Word、Excel 也可以。没有可以直接下一步。', photosCare: '请避免拍到他人的脸和车牌。照片会自动缩小，并去掉拍摄位置等信息。',
  moreTitle: '还需要知道几件事', moreHelp: '不知道的可以选“暂不清楚”', moreUnknown: '暂不清楚',
  contactTitle: '怎么联系您？', contactPhone: '您的手机号', contactName: '怎么称呼您', contactNameHelp: '例如：王女士', contactNameKnown: '已登记：{name}', secret: '对办理单位以外保密', secretHint: '适合举报等不希望他人知道的诉求', manner: '办完后怎么回访您', mannerCall: '电话回访', mannerSms: '短信', mannerNone: '不用回访', contactSignIn: '先验证手机号', contactOffline: '现在没有网络，可以先下一步。联网后验证手机号即自动提交。', contactNeeded: '请先验证手机号', realName: '这里的诉求需要实名登记', realNameGo: '登记并继续', realNameWhy: '登记一次即可，身份信息加密保存，只用于核实诉求。', realNameName: '姓名', realNameId: '身份证号', realNameAddress: '联系地址', realNameMust: '必填', realNameDone: '已完成实名登记',
  extent: '涉及范围', extentOne: '只涉及本企业', extentIndustry: '同行业普遍存在', extentIndustryHint: '会按行业性问题加快响应', inNameOf: '以谁的名义提交', asPerson: '个人',
  reviewTitle: '请核对', edit: '修改', editOf: '修改{what}', submit: '提交', submitLater: '联网后自动提交', scanned: '扫码反映：{name}', scannedDrop: '不用二维码', rowForm: '需要填写', yes: '是', rowsN: '{n} 行', rowSay: '事情', rowType: '希望', rowMatter: '事项', rowPlace: '地点', rowPhotos: '照片', rowMore: '补充', rowContact: '联系', photosN: '{n} 个', photosNone: '没有', matterNoneShown: '由工作人员判断', joinedShown: '与附近同类诉求一并登记', secretShown: '保密',
  mannerShown: '办完后{manner}', reviewPromise: '提交后您会得到编号和查询码，随时可以查看进度、补充或撤回。',
  doneTitle: '已提交', doneAgain: '这件诉求之前已经提交成功', doneNumber: '编号', doneCode: '查询码', doneCodeHelp: '不登录也可以用编号和查询码查进度，请保存好。', doneNext: '接下来', doneSee: '查看进度', doneHome: '回首页', doneMore: '再提一件', doneSave: '保存到相册', doneSaved: '已保存为图片',
  waitTitle: '已存在手机上', waitText: '现在没有网络。联网后打开本网站会自动提交，只提交一次。', waitSignIn: '验证手机号后会自动提交。', waitTry: '现在提交', waitEdit: '返回修改', waitState: '待提交',
} as const)
