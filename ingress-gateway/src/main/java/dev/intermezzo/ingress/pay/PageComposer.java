package dev.intermezzo.ingress.pay;

import dev.intermezzo.ingress.pages.PaymentPage;
import dev.intermezzo.ingress.payments.ProviderPages;
import dev.intermezzo.ingress.payments.ProviderPages.ProviderPage;
import dev.intermezzo.ingress.payments.ShopAddress;
import dev.intermezzo.schemas.avro.PaymentView;
import java.util.Optional;

/** Puts together what a page may offer: only addresses that were verified, and a single-use page only once. */
public final class PageComposer {

    private final ProviderPages providers;
    private final ShopAddress shopAddress;

    public PageComposer(ProviderPages providers, ShopAddress shopAddress) {
        this.providers = providers;
        this.shopAddress = shopAddress;
    }

    /**
     * @param onward whether the page leads on to the provider by itself
     */
    PaymentPage compose(Visit visit, PaymentView view, boolean onward) {
        ProviderPage provider = providers.of(view);
        Optional<String> address = switch (provider) {
            case ProviderPage.Usable usable
            when usable.singleUse() && !onward ->
                // Looking at a page must not use the address up: the link leads here again and then on.
                Optional.of(visit.addresses().onward());
            case ProviderPage.Usable usable -> providers.take(view);
            case ProviderPage.Used used -> Optional.empty();
            case ProviderPage.None none -> Optional.empty();
        };
        return new PaymentPage(
                view,
                visit.texts(),
                visit.addresses(),
                address,
                provider instanceof ProviderPage.Used,
                success(visit, view),
                failure(visit, view),
                Optional.ofNullable(visit.shop().merchant().getSupportContact()).filter(text -> !text.isBlank()),
                onward);
    }

    Optional<String> success(Visit visit, PaymentView view) {
        return shopAddress.verified(visit.shop(), view.getSuccessUrl());
    }

    Optional<String> failure(Visit visit, PaymentView view) {
        return shopAddress.verified(visit.shop(), view.getFailureUrl());
    }

    /** The provider's page for a script that goes there at once. */
    Optional<String> provider(PaymentView view) {
        return providers.take(view);
    }
}
