// gobgp decode FILE RUNS: GoBGP's packet library decodes every BGP UPDATE of an MRT file in memory, and everything in
// it goes into the checksum that benchmarks/peers/c-walk/walk.c defines.
// gobgp encode RUNS: GoBGP serialises one UPDATE of one /32 and one of 800 x /32; the attributes are those of the other
// programs of the comparison: ORIGIN, AS_PATH of three, NEXT_HOP, MED, two communities.
package main

import (
	"encoding/binary"
	"fmt"
	"net"
	"os"
	"runtime"
	"strconv"
	"syscall"

	"github.com/osrg/gobgp/v3/pkg/packet/bgp"
)

var updates, prefixes, failed, checksum uint64

func userNanoseconds() float64 {
	var usage syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	return float64(usage.Utime.Sec)*1e9 + float64(usage.Utime.Usec)*1e3
}

func allocated() uint64 {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.TotalAlloc
}

func number(address net.IP) uint64 {
	if v4 := address.To4(); v4 != nil {
		return uint64(binary.BigEndian.Uint32(v4))
	}
	return 0
}

func prefix(octets net.IP, length uint8) {
	var network uint64
	for _, octet := range octets[:(int(length)+7)/8] {
		network = network<<8 | uint64(octet)
	}
	checksum += network + uint64(length)
	prefixes++
}

func v4(list []*bgp.IPAddrPrefix) {
	for _, one := range list {
		prefix(one.Prefix.To4(), one.Length)
	}
}

func multiprotocol(list []bgp.AddrPrefixInterface) {
	for _, one := range list {
		switch p := one.(type) {
		case *bgp.IPAddrPrefix:
			prefix(p.Prefix.To4(), p.Length)
		case *bgp.IPv6AddrPrefix:
			prefix(p.Prefix, p.Length)
		}
	}
}

// The library guesses how wide the AS numbers are. A path of two-octet numbers that it took for one of four is read again.
func asPath(segments []bgp.AsPathParamInterface, fourOctetAsn bool) {
	var guessedWrong []byte
	for _, segment := range segments {
		switch s := segment.(type) {
		case *bgp.As4PathParam:
			if !fourOctetAsn {
				octets, _ := s.Serialize()
				guessedWrong = append(guessedWrong, octets...)
				continue
			}
			checksum += uint64(s.Type)
			for _, asn := range s.AS {
				checksum += uint64(asn)
			}
		case *bgp.AsPathParam:
			checksum += uint64(s.Type)
			for _, asn := range s.AS {
				checksum += uint64(asn)
			}
		}
	}
	for len(guessedWrong) > 0 {
		segment := &bgp.AsPathParam{}
		if segment.DecodeFromBytes(guessedWrong) != nil {
			failed++
			return
		}
		asPath([]bgp.AsPathParamInterface{segment}, false)
		guessedWrong = guessedWrong[segment.Len():]
	}
}

func attribute(one bgp.PathAttributeInterface, fourOctetAsn bool) {
	checksum += uint64(one.GetType())
	switch a := one.(type) {
	case *bgp.PathAttributeOrigin:
		checksum += uint64(a.Value)
	case *bgp.PathAttributeNextHop:
		checksum += number(a.Value)
	case *bgp.PathAttributeMultiExitDisc:
		checksum += uint64(a.Value)
	case *bgp.PathAttributeLocalPref:
		checksum += uint64(a.Value)
	case *bgp.PathAttributeOriginatorId:
		checksum += number(a.Value)
	case *bgp.PathAttributeAsPath:
		asPath(a.Value, fourOctetAsn)
	case *bgp.PathAttributeAs4Path:
		for _, segment := range a.Value {
			checksum += uint64(segment.Type)
			for _, asn := range segment.AS {
				checksum += uint64(asn)
			}
		}
	case *bgp.PathAttributeCommunities:
		for _, community := range a.Value {
			checksum += uint64(community)
		}
	case *bgp.PathAttributeClusterList:
		for _, cluster := range a.Value {
			checksum += number(cluster)
		}
	case *bgp.PathAttributeAggregator:
		checksum += uint64(a.Value.AS) + number(a.Value.Address)
	case *bgp.PathAttributeAs4Aggregator:
		checksum += uint64(a.Value.AS) + number(a.Value.Address)
	case *bgp.PathAttributeMpReachNLRI:
		multiprotocol(a.Value)
	case *bgp.PathAttributeMpUnreachNLRI:
		multiprotocol(a.Value)
	}
}

func update(octets []byte, fourOctetAsn bool) {
	updates++
	message, err := bgp.ParseBGPMessage(octets)
	if err != nil {
		failed++
		return
	}
	body := message.Body.(*bgp.BGPUpdate)
	v4(body.WithdrawnRoutes)
	for _, one := range body.PathAttributes {
		attribute(one, fourOctetAsn)
	}
	v4(body.NLRI)
}

func walk(file []byte) {
	for len(file) >= 12 {
		kind, subtype := binary.BigEndian.Uint16(file[4:]), binary.BigEndian.Uint16(file[6:])
		length := int(binary.BigEndian.Uint32(file[8:]))
		if length > len(file)-12 {
			return
		}
		body := file[12 : 12+length]
		file = file[12+length:]
		if kind == 17 {
			body = body[4:]
		} else if kind != 16 {
			continue
		}
		families := 6
		if subtype == 4 {
			families = 10
		} else if subtype != 1 {
			continue
		}
		start := families + 2 + 8
		if binary.BigEndian.Uint16(body[families:]) != 1 {
			start = families + 2 + 32
		}
		if len(body) >= start+23 && body[start+18] == 2 {
			update(body[start:], subtype == 4)
		}
	}
}

func decode(path string, runs int) error {
	file, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	for run := 0; run < runs; run++ {
		updates, prefixes, failed, checksum = 0, 0, 0, 0
		runtime.GC()
		bytes, start := allocated(), userNanoseconds()
		walk(file)
		elapsed := userNanoseconds() - start
		fmt.Printf("%.2f updates=%d prefixes=%d malformed=%d checksum=%016x allocated=%d\n", elapsed/float64(updates),
			updates, prefixes, failed, checksum, (allocated()-bytes)/updates)
	}
	return nil
}

func message(count int) *bgp.BGPMessage {
	attributes := []bgp.PathAttributeInterface{
		bgp.NewPathAttributeOrigin(0),
		bgp.NewPathAttributeAsPath([]bgp.AsPathParamInterface{bgp.NewAs4PathParam(2, []uint32{65001, 65002, 4200000001})}),
		bgp.NewPathAttributeNextHop("198.51.100.1"),
		bgp.NewPathAttributeMultiExitDisc(100),
		bgp.NewPathAttributeCommunities([]uint32{65001<<16 | 100, 65001<<16 | 200}),
	}
	nlri := make([]*bgp.IPAddrPrefix, count)
	for i := range nlri {
		nlri[i] = bgp.NewIPAddrPrefix(32, fmt.Sprintf("10.0.%d.%d", i>>8, i&255))
	}
	return bgp.NewBGPUpdateMessage(nil, attributes, nlri)
}

func encode(runs int) error {
	for run := 0; run < runs; run++ {
		for _, size := range []struct{ prefixes, messages int }{{1, 400000}, {800, 5000}} {
			one := message(size.prefixes)
			runtime.GC()
			bytes, start := allocated(), userNanoseconds()
			var octets []byte
			for i := 0; i < size.messages; i++ {
				var err error
				if octets, err = one.Serialize(); err != nil {
					return err
				}
			}
			elapsed := userNanoseconds() - start
			var sum uint64
			for _, octet := range octets {
				sum += uint64(octet)
			}
			fmt.Printf("%.2f prefixes=%d checksum=%016x allocated=%d\n", elapsed/float64(size.messages), size.prefixes, sum,
				(allocated()-bytes)/uint64(size.messages))
		}
	}
	return nil
}

func main() {
	runtime.GOMAXPROCS(1)
	err := fmt.Errorf("usage: gobgp decode FILE RUNS | gobgp encode RUNS")
	if len(os.Args) == 4 && os.Args[1] == "decode" {
		runs, _ := strconv.Atoi(os.Args[3])
		err = decode(os.Args[2], runs)
	} else if len(os.Args) == 3 && os.Args[1] == "encode" {
		runs, _ := strconv.Atoi(os.Args[2])
		err = encode(runs)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
