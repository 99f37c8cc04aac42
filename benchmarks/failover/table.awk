# results.tsv of benchmarks/macro/failover to two tables for people: the times, and the connections that failed.
BEGIN {
  FS = "\t"
  split("vip vip100 vip50 gobgp bird exabgp", rows, " ")
  split("drain term kill dead hung cut power node bgpd rest", faults, " ")
  row["vip"] = "bgpsharp-vip"; row["vip100"] = "bgpsharp-vip, BFD 3 x 100 ms"; row["vip50"] = "bgpsharp-vip, BFD 3 x 50 ms"
  row["gobgp"] = "GoBGP and a script"; row["bird"] = "BIRD, BFD 3 x 100 ms"; row["exabgp"] = "ExaBGP and its health check"
  fault["drain"] = "drained"; fault["term"] = "SIGTERM"; fault["kill"] = "SIGKILL"; fault["dead"] = "service killed"; fault["hung"] = "service hung"
  fault["cut"] = "link cut"; fault["power"] = "power-off"; fault["node"] = "node hung"; fault["bgpd"] = "router's bgpd restarted"
  fault["rest"] = "CPU of a minute at rest"
}
{
  n[$1, $2]++
  took[$1, $2, n[$1, $2]] = $3 / 1000
  failed[$1, $2, n[$1, $2]] = $4
}
END {
  print "Milliseconds until the next hop is gone, median (worst):\n"
  print_table(took, 10)
  print "\nConnections that failed, median (worst):\n"
  print_table(failed, 9)
}

function print_table(values, columns,    r, f, line, rule) {
  line = "| |"; rule = "|---|"
  for (f = 1; f <= columns; f++) if (is_there(f)) { line = line " " fault[faults[f]] " |"; rule = rule "--:|" }
  print line "\n" rule
  for (r = 1; r in rows; r++) {
    if (!has_row(r, columns)) continue
    line = "| " row[rows[r]] " |"
    for (f = 1; f <= columns; f++) if (is_there(f)) line = line " " cell(values, rows[r], faults[f]) " |"
    print line
  }
}

function is_there(f,    r) { for (r = 1; r in rows; r++) if ((rows[r], faults[f]) in n) return 1; return 0 }
function has_row(r, columns,    f) { for (f = 1; f <= columns; f++) if ((rows[r], faults[f]) in n) return 1; return 0 }

function cell(values, name, what,    count, i, j, t, sorted, median) {
  count = n[name, what]
  if (!count) return "-"
  for (i = 1; i <= count; i++) {
    t = values[name, what, i]
    for (j = i; j > 1 && sorted[j - 1] > t; j--) sorted[j] = sorted[j - 1]
    sorted[j] = t
  }
  median = count % 2 ? sorted[(count + 1) / 2] : (sorted[count / 2] + sorted[count / 2 + 1]) / 2
  return count == 1 ? sprintf("%.0f", median) : sprintf("%.0f (%.0f)", median, sorted[count])
}
