package dev.intermezzo.ingress.pay;

import dev.intermezzo.ingress.checkout.PaymentPlanner;
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
    private final PaymentPlanner planner;

    public PageComposer(ProviderPages providers, ShopAddress shopAddress, PaymentPlanner planner) {
        this.providers = providers;
        this.shopAddress = shopAddress;
        this.planner = planner;
    }

    /**
     * @param onward whether the page leads on to the provider by itself
     */
    PaymentPage compose(Visit visit, PaymentView view, boolean onward) {
        ProviderPage provider = page(visit, view);
        Optional<String> address = onward ? taken(visit, view) : provider(visit, view);
        return new PaymentPage(
                view,
                visit.texts(),
                visit.addresses(),
                address,
                provider instanceof ProviderPage.Used,
                provider instanceof ProviderPage.Over,
                success(visit, view),
                failure(visit, view),
                Optional.ofNullable(visit.shop().merchant().getSupportContact()).filter(text -> !text.isBlank()),
                onward,
                false,
                triedVoucher(view));
    }

    private boolean triedVoucher(PaymentView view) {
        return !view.getAttempts().isEmpty()
                && planner.voucherRule(view.getAttempts().getLast().getProvider())
                        .isPresent();
    }

    private ProviderPage page(Visit visit, PaymentView view) {
        return visit.cookie().map(cookie -> providers.of(view, cookie)).orElseGet(ProviderPage.None::new);
    }

    private Optional<String> taken(Visit visit, PaymentView view) {
        return visit.cookie()
                .flatMap(cookie -> providers.take(view, cookie))
                .map(usable -> usable.address().toString());
    }

    Optional<String> success(Visit visit, PaymentView view) {
        return shopAddress.verified(visit.shop(), view.getSuccessUrl());
    }

    Optional<String> failure(Visit visit, PaymentView view) {
        return shopAddress.verified(visit.shop(), view.getFailureUrl());
    }

    /**
     * Where the provider's page is reached. Looking must not use a single-use address up, neither by a page nor by its
     * script: its link leads to our own page again, and from there on.
     */
    Optional<String> provider(Visit visit, PaymentView view) {
        return switch (page(visit, view)) {
            case ProviderPage.Usable usable
            when usable.singleUse() -> Optional.of(visit.addresses().onward());
            case ProviderPage.Usable usable -> Optional.of(usable.address().toString());
            case ProviderPage.Used used -> Optional.empty();
            case ProviderPage.Over over -> Optional.empty();
            case ProviderPage.None none -> Optional.empty();
        };
    }
}
