package io.invigil.hub.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/**
 * Under which names and addresses a server is reached on its network.
 *
 * @param dns host names in lower case
 * @param addresses IPv4 or IPv6 literals
 */
public record ServerNames(List<String> dns, List<String> addresses) {
    public static final int NAMES_MAX = 20;
    private static final Pattern HOST =
            Pattern.compile(
                    "(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)*"
                            + "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern IPV4 =
            Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(25[0-5]|2[0-4]\\d|1?\\d?\\d)");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-f:]{2,39}");

    public ServerNames {
        dns = List.copyOf(dns);
        addresses = List.copyOf(addresses);
        int count = dns.size() + addresses.size();
        if (count == 0 || count > NAMES_MAX) {
            throw new IllegalArgumentException("a server has 1 to " + NAMES_MAX + " names");
        }
        for (String name : dns) {
            if (!HOST.matcher(name).matches() || IPV4.matcher(name).matches()) {
                throw new IllegalArgumentException("not a host name: " + name);
            }
        }
        for (String address : addresses) {
            if (!isAddress(address)) {
                throw new IllegalArgumentException("not an IP address: " + address);
            }
        }
    }

    /** Sorts mixed names into host names and addresses. */
    public static ServerNames of(List<String> mixed) {
        return new ServerNames(
                mixed.stream().filter(name -> !isAddress(name)).toList(),
                mixed.stream().filter(ServerNames::isAddress).toList());
    }

    private static boolean isAddress(String text) {
        return IPV4.matcher(text).matches()
                || text.indexOf(':') >= 0 && IPV6.matcher(text).matches();
    }

    GeneralNames generalNames() {
        List<GeneralName> names = new ArrayList<>();
        dns.forEach(name -> names.add(new GeneralName(GeneralName.dNSName, name)));
        addresses.forEach(name -> names.add(new GeneralName(GeneralName.iPAddress, name)));
        return new GeneralNames(names.toArray(GeneralName[]::new));
    }
}
