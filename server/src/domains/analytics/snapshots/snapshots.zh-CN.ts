export const holderWords = {
  assessment: (name: string) => `已发布的考核期“${name}”`,
  purged: (n: number, days: number) => `清理存满 ${days} 天的快照 ${n} 份`,
}
