# The connections of benchmarks/macro/failover, by when they began, to a picture: a column for a fault, a strip for a row, and in each
# tenth of a second from one before the fault the connections that were answered (grey) and that failed (red).
BEGIN {
  split("drain dead power", faults, " "); title["drain"] = "drained"; title["dead"] = "service killed"; title["power"] = "power-off"
  split("vip vip100 vip50 gobgp bird exabgp", rows, " ")
  name["vip"] = "bgpsharp-vip"; name["vip100"] = "bgpsharp-vip, 3 x 100 ms"; name["vip50"] = "bgpsharp-vip, 3 x 50 ms"
  name["gobgp"] = "GoBGP, script"; name["bird"] = "BIRD, 3 x 100 ms"; name["exabgp"] = "ExaBGP, health check"
  First = -10; Last = 100; Bar = 2.4; Left = 170; Top = 40; Gap = 24; Strip = 44; Full = 20
}
FNR == 1 { key = FILENAME; sub(/.*\//, "", key); split(key, part, "-"); seen[part[1]] = 1 }
$1 >= First && $1 < Last { ok[key, $1] = $2; bad[key, $1] = $3; has[key] = 1 }
END {
  width = (Last - First) * Bar
  for (r = 1; r in rows; r++) if (rows[r] in seen) shown[++count] = rows[r]
  printf "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"12\">\n", Left + 3 * (width + Gap), Top + count * Strip + 40
  print "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>"
  for (f = 1; f in faults; f++) {
    x0 = Left + (f - 1) * (width + Gap)
    printf "<text x=\"%.1f\" y=\"20\" font-weight=\"bold\">%s</text>\n", x0, title[faults[f]]
    for (r = 1; r <= count; r++) {
      bottom = Top + r * Strip - 6
      if (f == 1) printf "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>\n", Left - 10, bottom - 12, name[shown[r]]
      key = shown[r] "-" faults[f]
      if (!(key in has)) { printf "<text x=\"%.1f\" y=\"%.1f\" fill=\"#666\">-</text>\n", x0, bottom - 12; continue }
      draw(ok, 0, "#9aa7b4"); draw(bad, 1, "#d62728")
    }
    bottom = Top + count * Strip
    for (s = 0; s <= Last / 10; s += 2)
      printf "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\" fill=\"#444\">%d s</text>\n", x0 + (s * 10 - First) * Bar, bottom + 14, s
    printf "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%.1f\" stroke=\"black\" stroke-dasharray=\"3 3\"/>\n", x0 - First * Bar, x0 - First * Bar, Top - 8, bottom
  }
  printf "<text x=\"%d\" y=\"%.1f\" fill=\"#444\">200 connections a second by when they began, in tenths of a second from the fault: answered (grey), failed (red)</text>\n", Left, Top + count * Strip + 32
  print "</svg>"
}

function draw(values, above, colour,    i, y, height) {
  printf "<path fill=\"%s\" d=\"", colour
  for (i = First; i < Last; i++) {
    height = values[key, i] * (Strip - 10) / Full
    if (height > Strip - 10) height = Strip - 10
    y = above ? bottom - ok[key, i] * (Strip - 10) / Full : bottom
    if (height > 0) printf "M%.1f %.1fh%.1fv-%.1fh-%.1fz", x0 + (i - First) * Bar, y, Bar, height, Bar
  }
  print "\"/>"
}
