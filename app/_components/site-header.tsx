import { env } from "@/lib/foundation/env";
import { ButtonLink } from "@/lib/ui/button-link";
import { AccountMenu } from "./account-menu";
import { Brand } from "./brand";
import { HeaderBalance } from "./header-balance";
import { HeaderNav } from "./header-nav";
import { balanceOf } from "./balance-of";
import { LowBalanceNotice } from "./low-balance-notice";
import type { Viewer } from "./viewer";

export type SiteHeaderProps = { viewer: Viewer | null; loginUrl: string };

/** Brand, ways, balance, person. Where it is narrow the ways stand in a row of their own. */
export function SiteHeader({ viewer, loginUrl }: SiteHeaderProps) {
  return (
    <header className="border-b border-line bg-paper">
      <div className="mx-auto grid max-w-wide grid-cols-[auto_1fr_auto] items-center gap-x-8 px-4 sm:px-6">
        <div className="flex h-15 items-center">
          <Brand />
        </div>
        {viewer ? (
          <>
            <div className="order-3 col-span-3 sm:order-none sm:col-span-1">
              <HeaderNav />
            </div>
            <div className="col-start-3 flex items-center gap-3 sm:gap-4">
              <HeaderBalance initial={balanceOf(viewer)} userId={viewer.userId} loginUrl={loginUrl} />
              <AccountMenu
                userId={viewer.userId}
                username={viewer.username}
                profileImage={viewer.profileImage}
              />
            </div>
          </>
        ) : (
          <div className="col-start-3">
            <ButtonLink href={loginUrl} size="sm">
              Sign in
            </ButtonLink>
          </div>
        )}
      </div>
      {viewer ? (
        <LowBalanceNotice
          userId={viewer.userId}
          balance={balanceOf(viewer)}
          threshold={viewer.lowBalanceThreshold}
          putAway={viewer.lowBalancePutAway}
          topupUrl={env().sukusukuTopupUrl}
        />
      ) : null}
    </header>
  );
}
