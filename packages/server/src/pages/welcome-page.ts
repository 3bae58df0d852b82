/** What stands at `/` while there is no console to serve: who is here, and what to do next. */
export const WELCOME_PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Millrace</title>
<link rel="stylesheet" href="/api/reference.css">
</head>
<body>
<main>
<h1>Millrace is running</h1>
<p>Durable workflows in which people and code hand work to each other. This server has no console to show; everything works from a shell and by REST.</p>
<h2>What to do next</h2>
<pre>./millrace inbox                     # what waits for you
./millrace start publish-page --payload /content/home --follow
./millrace work-item complete ID --route approve
./millrace doctor                    # every open instance, and why it waits</pre>
<p>The <a href="/api">API reference</a> lists every address with an example. <a href="/healthz">/healthz</a>, <a href="/readyz">/readyz</a> and
<a href="/metrics">/metrics</a> are for programs that watch.</p>
</main>
</body>
</html>
`
