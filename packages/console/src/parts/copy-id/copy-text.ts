/** Browsers give the clipboard only to secure pages; the old way works on plain http too. */
export const copyText = async (text: string): Promise<void> => {
  const { clipboard } = navigator as { readonly clipboard?: Clipboard }
  if (clipboard !== undefined) return clipboard.writeText(text)
  const area = document.createElement('textarea')
  area.value = text
  area.className = 'mr-unseen'
  document.body.append(area)
  area.select()
  // oxlint-disable-next-line typescript/no-deprecated -- there is no other way without a secure page, and it works everywhere
  document.execCommand('copy')
  area.remove()
}
