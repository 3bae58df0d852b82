/* Runs before first paint, from its own address because the page's policy allows no inline script. It sets what would flash if it came later. */
;(function () {
  var root = document.documentElement
  var theme = null
  var language = null
  try {
    theme = localStorage.getItem('millrace.theme')
    language = localStorage.getItem('millrace.language')
  } catch {
    // No storage (a locked-down browser): the system's scheme and language it is.
  }
  var isDark = theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  root.setAttribute('data-mantine-color-scheme', isDark ? 'dark' : 'light')
  if (language !== 'en' && language !== 'de') {
    var wanted = navigator.languages || [navigator.language]
    language = 'en'
    for (var i = 0; i < wanted.length; i++) {
      var tag = String(wanted[i]).slice(0, 2)
      if (tag === 'en' || tag === 'de') {
        language = tag
        break
      }
    }
  }
  root.lang = language
  // The texts come with the code instead of after it: index.html says under which name the build stored them.
  var texts = root.getAttribute('data-texts-' + language)
  if (texts) {
    var link = document.createElement('link')
    link.rel = 'modulepreload'
    link.href = texts
    document.head.appendChild(link)
  }
})()
