// Names of a requester's fields, for the history and for refusals.
export const requesterFieldNames: Record<string, string> = {
  name: '姓名', sex: '性别', ageRange: '年龄段', phones: '电话', idType: '证件类型', idNumber: '证件号码', areaCode: '区划', address: '地址', detailAddress: '详细地址', labels: '标签',
}
export const revealFieldNames = { phone: '联系电话', idNumber: '证件号码', name: '姓名' } as const
