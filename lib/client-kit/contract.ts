// Printed from Penora's contract by `npm run sdk`; a test holds it to that.
/** What each operation of the unified API takes and answers. */
export interface Contract {
  addCredits: {
    input: {
      user_id: string | number;
      amount: number;
      transaction_type?: "purchased" | "purchase" | "bonus" | "adjustment" | "refund";
      direction?: "credit" | "debit";
      description?: string;
      app_name?: string;
      reference?: string | null;
      metadata?: {
        [k: string]: unknown;
      } | null;
    };
    output: {
      success: true;
      timestamp: string;
      credits_added: number;
      amount_added: number;
      new_balance: number;
      user_id: string;
      transaction_id: string;
      low_balance: boolean;
      user_version: number;
      message: string;
    };
  };
  captureHold: {
    input: {
      id: string;
      amount?: number | null;
      description?: string | null;
      project_code?: string | null;
    };
    output: {
      success: true;
      timestamp: string;
      hold_id: string;
      credits_deducted: number;
      credits_released: number;
      new_balance: number;
      low_balance: boolean;
      user_version: number;
      transaction_id: string | null;
    };
  };
  createBrowserToken: {
    input: {
      user_id: string | number;
      expires_in?: number;
    };
    output: {
      success: true;
      timestamp: string;
      token: string;
      user_id: string;
      expires_at: string;
    };
  };
  createUser: {
    input: {
      user_id: string | number;
      username: string;
      email: string;
      initial_credits?: number;
      profile_image?: string;
      bio?: string;
      website?: string;
      subscription_status?: string;
    };
    output: {
      success: true;
      timestamp: string;
      user: {
        user_id: string;
        username: string;
        email: string;
        credits: number;
        held_credits: number;
        low_balance: boolean;
        low_balance_threshold: number;
        user_version: number;
        subscription_status: string;
        profile_image: string | null;
        bio: string | null;
        website: string | null;
        storage_used_mb: number;
        storage_limit_mb: number;
        storage_available_mb: number;
        created_at: string;
      };
      created: boolean;
    };
  };
  deductCredits: {
    input: {
      user_id: string | number;
      amount: number;
      app_name?: string;
      description?: string;
      project_code?: string | null;
      action?: string;
      metadata?: {
        [k: string]: unknown;
      } | null;
    };
    output: {
      success: true;
      timestamp: string;
      credits_deducted: number;
      new_balance: number;
      app_name: string;
      transaction_id: string;
      low_balance: boolean;
      user_version: number;
    };
  };
  deleteProject: {
    input: {
      code: string;
      user_id: string | number;
    };
    output: {
      success: true;
      timestamp: string;
      deleted: true;
      storage: {
        used_mb: number;
        limit_mb: number;
        available_mb: number;
        usage_percentage: number;
        total_mb: number;
        remaining_mb: number;
        total_projects: number;
        used_bytes: number;
        limit_bytes: number;
      };
    };
  };
  extendHold: {
    input: {
      id: string;
      expires_in?: number;
    };
    output: {
      success: true;
      timestamp: string;
      hold_id: string;
      expires_at: string;
      low_balance: boolean;
      user_version: number;
    };
  };
  getBalance: {
    input: {
      user_id: string | number;
    };
    output: {
      success: true;
      timestamp: string;
      credits: number;
      held_credits: number;
      low_balance: boolean;
      user_version: number;
      storage: {
        used_mb: number;
        limit_mb: number;
        available_mb: number;
        usage_percentage: number;
        total_mb: number;
        remaining_mb: number;
        total_projects: number;
        used_bytes: number;
        limit_bytes: number;
      };
    };
  };
  getHold: {
    input: {
      id: string;
    };
    output: {
      success: true;
      timestamp: string;
      hold_id: string;
      user_id: string;
      app_name: string;
      amount: number;
      status: "open" | "captured" | "released" | "expired";
      captured_amount: number;
      description: string;
      project_code: string | null;
      action: string;
      transaction_id: string | null;
      expires_at: string;
      resolved_at: string | null;
      created_at: string;
    };
  };
  getProject: {
    input: {
      code: string;
      user_id: string | number;
    };
    output: {
      success: true;
      timestamp: string;
      project: {
        code: string;
        id: string;
        project_code: string;
        title: string;
        content: string | null;
        content_omitted?: true;
        app_source: string;
        project_type: string;
        metadata: {
          [k: string]: unknown;
        } | null;
        size_bytes: number;
        size_mb: number;
        file_size_mb: number;
        word_count: number;
        version: number;
        created_at: string;
        updated_at: string;
      };
    };
  };
  getUsage: {
    input: {
      user_id: string | number;
      from?: string;
      to?: string;
      interval?: "day" | "week" | "month";
      group_by?: "app" | "action";
    };
    output: {
      success: true;
      timestamp: string;
      series: {
        start: string;
        group: string;
        credits_used: number;
        count: number;
      }[];
      totals: {
        credits_used: number;
        count: number;
      };
    };
  };
  giveBonusCredits: {
    input: {
      campaign: string;
      bonus_amount?: number;
      user_ids?: (string | number)[] | null;
    };
    output: {
      success: true;
      timestamp: string;
      users_updated: number;
      total_credits_distributed: number;
      bonus_amount: number;
      message: string;
    };
  };
  holdCredits: {
    input: {
      user_id: string | number;
      amount: number;
      app_name?: string;
      description?: string;
      project_code?: string | null;
      action?: string;
      expires_in?: number;
    };
    output: {
      success: true;
      timestamp: string;
      hold_id: string;
      amount: number;
      new_balance: number;
      held_credits: number;
      low_balance: boolean;
      user_version: number;
      expires_at: string;
    };
  };
  listProjects: {
    input: {
      user_id: string | number;
      app_filter?: string;
      app?: string;
      project_type?: string;
      limit?: string | number;
      cursor?: string;
      include_content?: ("0" | "1" | "true" | "false") | boolean;
    };
    output: {
      success: true;
      timestamp: string;
      projects: {
        code: string;
        id: string;
        project_code: string;
        title: string;
        content: string | null;
        content_omitted?: true;
        app_source: string;
        project_type: string;
        metadata: {
          [k: string]: unknown;
        } | null;
        size_bytes: number;
        size_mb: number;
        file_size_mb: number;
        word_count: number;
        version: number;
        created_at: string;
        updated_at: string;
      }[];
      all_projects: {
        code: string;
        id: string;
        project_code: string;
        title: string;
        content: string | null;
        content_omitted?: true;
        app_source: string;
        project_type: string;
        metadata: {
          [k: string]: unknown;
        } | null;
        size_bytes: number;
        size_mb: number;
        file_size_mb: number;
        word_count: number;
        version: number;
        created_at: string;
        updated_at: string;
      }[];
      penora_projects: {
        code: string;
        id: string;
        project_code: string;
        title: string;
        content: string | null;
        content_omitted?: true;
        app_source: string;
        project_type: string;
        metadata: {
          [k: string]: unknown;
        } | null;
        size_bytes: number;
        size_mb: number;
        file_size_mb: number;
        word_count: number;
        version: number;
        created_at: string;
        updated_at: string;
      }[];
      imagegene_projects: {
        code: string;
        id: string;
        project_code: string;
        title: string;
        content: string | null;
        content_omitted?: true;
        app_source: string;
        project_type: string;
        metadata: {
          [k: string]: unknown;
        } | null;
        size_bytes: number;
        size_mb: number;
        file_size_mb: number;
        word_count: number;
        version: number;
        created_at: string;
        updated_at: string;
      }[];
      total_projects: number;
      total_count: number;
      penora_count: number;
      imagegene_count: number;
      user_id: string;
      storage: {
        used_mb: number;
        limit_mb: number;
        available_mb: number;
        usage_percentage: number;
        total_mb: number;
        remaining_mb: number;
        total_projects: number;
        used_bytes: number;
        limit_bytes: number;
      };
      storage_stats: {
        used_mb: number;
        limit_mb: number;
        available_mb: number;
        usage_percentage: number;
        total_mb: number;
        remaining_mb: number;
        total_projects: number;
        used_bytes: number;
        limit_bytes: number;
      };
      next_cursor: string | null;
      content_omitted?: true;
    };
  };
  listTransactions: {
    input: {
      user_id: string | number;
      limit?: string | number;
      cursor?: string;
      app?: string;
      type?: "initial" | "bonus" | "purchased" | "adjustment" | "refund" | "used";
      from?: string;
      to?: string;
      project_code?: string;
    };
    output: {
      success: true;
      timestamp: string;
      all_transactions: {
        id: string;
        app_name: string;
        transaction_type: "initial" | "bonus" | "purchased" | "adjustment" | "refund" | "used";
        amount: number;
        balance_after: number;
        description: string;
        project_code: string | null;
        metadata: {
          [k: string]: unknown;
        } | null;
        created_at: string;
      }[];
      penora_transactions: {
        id: string;
        app_name: string;
        transaction_type: "initial" | "bonus" | "purchased" | "adjustment" | "refund" | "used";
        amount: number;
        balance_after: number;
        description: string;
        project_code: string | null;
        metadata: {
          [k: string]: unknown;
        } | null;
        created_at: string;
      }[];
      imagegene_transactions: {
        id: string;
        app_name: string;
        transaction_type: "initial" | "bonus" | "purchased" | "adjustment" | "refund" | "used";
        amount: number;
        balance_after: number;
        description: string;
        project_code: string | null;
        metadata: {
          [k: string]: unknown;
        } | null;
        created_at: string;
      }[];
      total_count: number;
      next_cursor: string | null;
    };
  };
  me: {
    input: Record<string, never>;
    output: {
      success: true;
      timestamp: string;
      app: string;
      scopes: (
        | "credits:read"
        | "credits:deduct"
        | "credits:add"
        | "workspace:read"
        | "workspace:write"
        | "users:write"
        | "admin"
      )[];
      expires_at: string | null;
      rate_limit: {
        requests_per_second: number;
        burst: number;
      } | null;
    };
  };
  reconcile: {
    input: Record<string, never>;
    output: {
      success: true;
      timestamp: string;
      consistent: boolean;
      users_checked: number;
      users_differing: number;
      differences: {
        user_id: string;
        credits: number;
        held_credits: number;
        ledger_total: number;
        open_holds: number;
        ledger_used: number;
        usage_total: number;
        storage_used_bytes: number;
        project_bytes: number;
        project_count: number;
        projects: number;
      }[];
    };
  };
  refundCredits: {
    input: {
      user_id: string | number;
      transaction_id: string | number;
      amount?: number | null;
      description?: string;
    };
    output: {
      success: true;
      timestamp: string;
      credits_refunded: number;
      refundable_left: number;
      new_balance: number;
      transaction_id: string;
      low_balance: boolean;
      user_version: number;
    };
  };
  releaseHold: {
    input: {
      id: string;
    };
    output: {
      success: true;
      timestamp: string;
      hold_id: string;
      credits_released: number;
      new_balance: number;
      low_balance: boolean;
      user_version: number;
    };
  };
  restoreProject: {
    input: {
      code: string;
      user_id: string | number;
    };
    output: {
      success: true;
      timestamp: string;
      project: {
        code: string;
        id: string;
        project_code: string;
        title: string;
        content: string | null;
        content_omitted?: true;
        app_source: string;
        project_type: string;
        metadata: {
          [k: string]: unknown;
        } | null;
        size_bytes: number;
        size_mb: number;
        file_size_mb: number;
        word_count: number;
        version: number;
        created_at: string;
        updated_at: string;
      };
    };
  };
  saveProject: {
    input: {
      user_id: string | number;
      app_source?: string;
      project_type: string;
      title: string;
      content: string;
      metadata?: {
        [k: string]: unknown;
      } | null;
      project_code?: string | null;
      version?: number | null;
      hold_id?: string | null;
      capture_amount?: number | null;
    };
    output: {
      success: true;
      timestamp: string;
      project_code: string;
      code: string;
      title: string;
      size_mb: number;
      size_bytes: number;
      storage_remaining_mb: number;
      app_source: string;
      project_type: string;
      version: number;
      created: boolean;
      credits_deducted?: number;
      credits_released?: number;
      new_balance?: number;
      transaction_id?: string | null;
      low_balance?: boolean;
      user_version?: number;
    };
  };
  storageStats: {
    input: {
      user_id: string | number;
    };
    output: {
      success: true;
      timestamp: string;
      storage_stats: {
        used_mb: number;
        limit_mb: number;
        available_mb: number;
        usage_percentage: number;
        total_mb: number;
        remaining_mb: number;
        total_projects: number;
        used_bytes: number;
        limit_bytes: number;
      };
      breakdown: {
        penora_mb: number;
        imagegene_mb: number;
        total_projects: number;
        penora_projects: number;
        imagegene_projects: number;
      };
      apps: {
        app_source: string;
        size_mb: number;
        size_bytes: number;
        projects: number;
      }[];
    };
  };
  updateProject: {
    input: {
      code: string;
      user_id: string | number;
      title?: string | null;
      content?: string | null;
      metadata?: {
        [k: string]: unknown;
      } | null;
      version?: number | null;
      include_content?: boolean;
    };
    output: {
      success: true;
      timestamp: string;
      project: {
        code: string;
        id: string;
        project_code: string;
        title: string;
        content: string | null;
        content_omitted?: true;
        app_source: string;
        project_type: string;
        metadata: {
          [k: string]: unknown;
        } | null;
        size_bytes: number;
        size_mb: number;
        file_size_mb: number;
        word_count: number;
        version: number;
        created_at: string;
        updated_at: string;
      };
    };
  };
  updateUser: {
    input: {
      user_id: string | number;
      low_balance_threshold: number;
    };
    output: {
      success: true;
      timestamp: string;
      user_id: string;
      credits: number;
      low_balance: boolean;
      low_balance_threshold: number;
      user_version: number;
    };
  };
  userInfo: {
    input: {
      user_id: string | number;
    };
    output: {
      success: true;
      timestamp: string;
      credits: number;
      user_id: string;
      username: string;
      email: string;
      subscription_status: string;
      held_credits: number;
      low_balance: boolean;
      low_balance_threshold: number;
      user_version: number;
      storage: {
        used_mb: number;
        limit_mb: number;
        available_mb: number;
        usage_percentage: number;
        total_mb: number;
        remaining_mb: number;
        total_projects: number;
        used_bytes: number;
        limit_bytes: number;
      };
    };
  };
}

/** Method, path, and the field that names the app. */
export const DOORS: Record<keyof Contract, readonly [method: string, path: string, appField?: string]> = {
  addCredits: ["POST", "/api/unified/add-credits", "app_name"],
  captureHold: ["POST", "/api/unified/holds/{id}/capture"],
  createBrowserToken: ["POST", "/api/unified/browser-tokens"],
  createUser: ["POST", "/api/unified/create-user"],
  deductCredits: ["POST", "/api/unified/deduct-credits", "app_name"],
  deleteProject: ["DELETE", "/api/unified/project/{code}"],
  extendHold: ["POST", "/api/unified/holds/{id}/extend"],
  getBalance: ["GET", "/api/unified/balance"],
  getHold: ["GET", "/api/unified/holds/{id}"],
  getProject: ["GET", "/api/unified/project/{code}"],
  getUsage: ["GET", "/api/unified/usage"],
  giveBonusCredits: ["POST", "/api/unified/give-bonus-credits"],
  holdCredits: ["POST", "/api/unified/holds", "app_name"],
  listProjects: ["GET", "/api/unified/user-projects"],
  listTransactions: ["GET", "/api/unified/transactions"],
  me: ["GET", "/api/unified/me"],
  reconcile: ["GET", "/api/unified/reconcile"],
  refundCredits: ["POST", "/api/unified/refund-credits"],
  releaseHold: ["POST", "/api/unified/holds/{id}/release"],
  restoreProject: ["POST", "/api/unified/project/{code}/restore"],
  saveProject: ["POST", "/api/unified/save-project", "app_source"],
  storageStats: ["GET", "/api/unified/storage-stats"],
  updateProject: ["PATCH", "/api/unified/project/{code}"],
  updateUser: ["PATCH", "/api/unified/user"],
  userInfo: ["GET", "/api/unified/user-info"],
};
