// Sets language and theme before the first paint, so that nothing flashes. A file of its own because the page allows no inline script.
;(() => {
  const root = document.documentElement
  try {
    const theme = localStorage.getItem('suar.theme')
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme
    if (localStorage.getItem('suar.language') === 'en') root.lang = 'en'
  } catch {
    // Storage may be forbidden; then the system's theme and Indonesian stand.
  }
  if (location.pathname === '/wall') root.dataset.theme = 'dark'
})()
