// What a visitor of a suspended website sees. No quotation mark, backslash, dollar or per cent in it: it stands within quotes in files of servers.

const STYLE = 'font-family:system-ui,sans-serif;max-width:36rem;margin:20vh auto;padding:0 1rem;line-height:1.6;color:#222;background:#fff'

export const SUSPENDED_PAGE =
  `<!doctype html><html lang=id><meta charset=utf-8><meta name=viewport content='width=device-width'><title>Situs dinonaktifkan sementara</title>` +
  `<body style='${STYLE}'><h1>Situs ini dinonaktifkan sementara</h1><p>Hubungi pengelola situs atau pusat data penyelenggara.</p>` +
  `<p lang=en>This website is suspended for the time being. Please ask its owner or the data centre.</p>`
