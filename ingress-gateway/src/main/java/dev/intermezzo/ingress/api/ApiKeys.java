package dev.intermezzo.ingress.api;

import dev.intermezzo.runtime.merchants.MerchantDirectory;
import dev.intermezzo.runtime.merchants.Versioned;
import dev.intermezzo.runtime.network.Network;
import dev.intermezzo.schemas.avro.ApiKey;
import dev.intermezzo.schemas.avro.Merchant;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Optional;

/** Who asks, by the API key that the request brings. A key that was revoked is nobody's within a second. */
final class ApiKeys {

    private static final String SCHEME = "Bearer ";

    private final MerchantDirectory merchants;

    ApiKeys(MerchantDirectory merchants) {
        this.merchants = merchants;
    }

    /** A merchant's system with a valid key. */
    record Caller(Versioned<Merchant> merchant, ApiKey key) {

        String merchantId() {
            return merchant.id();
        }

        /** Names the key in logs and limits: unique, and no secret. */
        String name() {
            return merchant.id() + '.' + key.getId();
        }

        boolean may(ApiScope scope) {
            return key.getScopes().contains(scope.text());
        }

        /**
         * Whether the key may be used from there: from anywhere, unless it is bound to networks.
         *
         * @param address empty when it is not known, and then it is in no network
         */
        boolean mayComeFrom(Optional<InetAddress> address) {
            return key.getNetworks().isEmpty()
                    || Network.anyHolds(
                            key.getNetworks().stream()
                                    .flatMap(text -> readable(text).stream())
                                    .toList(),
                            address);
        }

        /** What an installation of another build may have written and this one cannot read holds nobody. */
        private static Optional<Network> readable(String text) {
            return Network.read(text) instanceof Network.Reading.Read(Network network)
                    ? Optional.of(network)
                    : Optional.empty();
        }
    }

    /** Empty when the header is missing, is no key, or its key is not valid: the answer is the same for all of them. */
    Optional<Caller> caller(Optional<String> authorization) {
        return authorization
                .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .flatMap(header ->
                        ApiToken.parse(header.substring(SCHEME.length()).strip()))
                .flatMap(this::holder);
    }

    /** A key's id is no secret; its digest is compared in constant time. */
    private Optional<Caller> holder(ApiToken token) {
        byte[] digest = token.digest();
        return merchants
                .merchant(token.merchantId())
                .flatMap(merchant -> merchant.body().getApiKeys().stream()
                        .filter(key -> key.getId().equals(token.keyId()) && same(digest, key.getDigest()))
                        .findFirst()
                        .map(key -> new Caller(merchant, key)));
    }

    private static boolean same(byte[] digest, ByteBuffer kept) {
        byte[] bytes = new byte[kept.remaining()];
        kept.duplicate().get(bytes);
        return MessageDigest.isEqual(digest, bytes);
    }
}
