// The part of `qrcode` that is used; the package ships no types.
declare module 'qrcode' {
  export function toString(text: string, options: { type: 'svg'; margin?: number }): Promise<string>
}
