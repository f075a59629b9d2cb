// Which unit a reason names as the right one: "应由市住建局办理" (ORD-42). Pure.

const pointing = /(?<![不非])(?:应由|由|归属于?|归|属于?|转(?:交|派|给|由|至)?|移交(?:给|至)?|[改应请]派)(?:于|给|至)?([^，。；、,;：:\s（(]{2,24}?(?:管委会|办事处|分公司|公司|中心|街道|社区|大队|[局委办院处部所站镇乡村]))/gu

/** Words that name no unit: the speaker, or anybody. */
const nobody = /^(?:我|本|该|贵|其|有关|相关|主管|其他|上级|属地|哪个|各)/u
const place = /^.{2,6}?(?:自治州|[市区县省州])(?=.{2})/u

/** A short name is made of characters of the long one, in order, beginning and ending alike: 住建局, 住房和城乡建设局. */
function abbreviates(short: string, long: string): boolean {
  if (short[0] !== long[0] || short.at(-1) !== long.at(-1)) return false
  let at = 0
  for (const sign of long) if (sign === short[at]) at += 1
  return at === short.length
}

/** Units that a text points at, each once, in its order; a name that fits several units names none. */
export function namedUnits<U extends { id: string; name: string }>(text: string, units: readonly U[]): U[] {
  const found = new Map<string, U>()
  for (const [, words = ''] of text.matchAll(pointing)) {
    if (nobody.test(words)) continue
    const bare = words.replace(/^[市区县省](?=.{2})/u, '').replace(place, '')
    const exact = units.filter((unit) => unit.name === words || unit.name.endsWith(bare))
    const fitting = exact.length > 0 ? exact : units.filter((unit) => abbreviates(bare, unit.name.replace(place, '')))
    const [only] = fitting
    if (only && fitting.length === 1) found.set(only.id, only)
  }
  return [...found.values()]
}
