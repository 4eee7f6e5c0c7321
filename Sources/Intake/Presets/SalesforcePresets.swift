//  Presets for Salesforce
//
//  A field goes by its API name in the data export (`HasOptedOutOfEmail`), by a label in a report (`Email Opt Out`), and in
//  small letters in a connector's table (`has_opted_out_of_email`). Tables with history hold one row for each version of a
//  record, from `_fivetran_start` on; else `SystemModstamp` says since when the record is as it is.
//
//  Reports give ids of 15 characters, everything else of 18: do not mix them for one object.

extension Preset {
    static let salesforce: [Preset] = [
        Preset(
            "salesforce/leads", files: ["*lead.csv", "*lead_data*", "*Lead*", "*leads*"],
            #"""
            # Salesforce leads: from the data export (API names), from a report (labels), or delivered by a connector.
            # Reports write dates and times as the user's locale does: say --times and --zone.
            mapping: 1
            name: Salesforce leads
            source: salesforce
            times: [iso8601]
            optional: yes

            columns:
              id: {named: [id, Id, Lead ID], optional: no}
              valid_from: _fivetran_start
              modified: [system_modstamp, SystemModstamp, last_modified_date, LastModifiedDate, Last Modified Date]
              synced: [_fivetran_synced, _airbyte_extracted_at, _sdc_batched_at]
              is_current: _fivetran_active
              deleted: [is_deleted, IsDeleted, Deleted, _fivetran_deleted]
              master: [master_record_id, MasterRecordId, Master Record ID]
              email: {named: [email, Email], as: email}
              first_name: {named: [first_name, FirstName, First Name], personal: yes}
              last_name: {named: [last_name, LastName, Last Name], personal: yes}
              full_name: {named: [name, Name], personal: yes}
              phone: {named: [phone, Phone], as: phone}
              mobile: {named: [mobile_phone, MobilePhone, Mobile], as: phone}
              company: [company, Company, Company / Account]
              website: [website, Website]
              title: [title, Title]
              industry: [industry, Industry]
              rating: [rating, Rating]
              country: {named: [country_code, CountryCode, country, Country], as: country}
              state: [state, State, State/Province]
              city: [city, City]
              employees: {named: [number_of_employees, NumberOfEmployees, No. of Employees], as: number}
              annual_revenue: {named: [annual_revenue, AnnualRevenue, Annual Revenue], as: number}
              status: [status, Status, Lead Status]
              source: [lead_source, LeadSource, Lead Source]
              owner: [owner_id, OwnerId, Lead Owner ID]
              owner_name: [Lead Owner, Owner Name]
              created: {named: [created_date, CreatedDate, Create Date, Created Date], as: time}
              last_activity: {named: [last_activity_date, LastActivityDate, Last Activity, Last Activity Date], as: date}
              is_converted: [is_converted, IsConverted, Converted]
              converted_date: {named: [converted_date, ConvertedDate, Converted Date], as: date}
              converted_contact: [converted_contact_id, ConvertedContactId]
              converted_account: [converted_account_id, ConvertedAccountId]
              converted_deal: [converted_opportunity_id, ConvertedOpportunityId]
              opted_out: [has_opted_out_of_email, HasOptedOutOfEmail, Email Opt Out]
              do_not_call: [do_not_call, DoNotCall, Do Not Call]
              bounced: {named: [email_bounced_date, EmailBouncedDate, Email Bounced Date], as: time}

            # An outdated version of a record that does not say since when it was so is of no use.
            only:
              - {valid_from: {present: yes}}
              - {is_current: {not: ["false", "no", "0"]}}

            facts:
              - fact: observed
                object: lead
                id: id
                since: [valid_from, modified, synced]
                person: {record: id, email: email}
                with: [email, first_name, last_name, full_name, phone, mobile, company, website, title, industry, rating,
                  country, state, city, employees, annual_revenue, status, source, owner, owner_name, created,
                  last_activity, is_converted, converted_date, converted_deal, opted_out, do_not_call, bounced]
              - fact: owned                 # by a queue: by nobody in person yet
                object: lead
                id: id
                since: [valid_from, modified, synced]
                keep: changes
                when: {owner: {matches: "00G*"}}
                person: id
                by: {record: {object: queue, id: owner}}
              - fact: owned
                object: lead
                id: id
                since: [valid_from, modified, synced]
                keep: changes
                when: {owner: {present: yes, not_matches: "00G*"}}
                person: id
                by: {record: {object: user, id: owner}}
              - fact: owned                 # reports name the owner and give no id
                object: lead
                id: id
                since: [valid_from, modified, synced]
                keep: changes
                when: {owner: {present: no}, owner_name: {present: yes}}
                person: id
                by: {record: {object: user_name, id: owner_name}}
              - fact: identified            # the contact that a lead became is the same person
                object: lead
                id: id
                since: [valid_from, modified, synced]
                keep: changes
                when: {converted_contact: known}
                person: {record: [id, {object: contact, id: converted_contact}]}
                account: {record: {object: account, id: converted_account}}
              - fact: consent withdrawn     # the flag has no date: known since the record says so
                object: lead
                id: id
                since: [valid_from, modified, synced]
                keep: changes
                when: {opted_out: ["true", "yes", "1"]}
                person: id
                aspect: email opt-out
                with: {purpose: {is: marketing_email}, channel: {is: email}}
              - fact: consent withdrawn
                object: lead
                id: id
                since: [valid_from, modified, synced]
                keep: changes
                when: {do_not_call: ["true", "yes", "1"]}
                person: id
                aspect: do not call
                with: {purpose: {is: marketing_phone}, channel: {is: phone}}
              - fact: merged                # told by the record that went, which names the one that remains
                object: lead
                id: id
                since: [valid_from, modified, synced]
                keep: changes
                when: {master: known}
                person: {record: [master, id]}
              - fact: deleted
                object: lead
                id: id
                since: [valid_from, modified, synced]
                keep: changes
                when: {deleted: ["true", "yes", "1"], master: {known: no}}
                person: id
            """#),
        Preset(
            "salesforce/contacts",
            files: ["*contact.csv", "*contact_data*", "*contact_history*", "*Contact*", "*contacts*"],
            #"""
            # Salesforce contacts: from the data export, from a report, or delivered by a connector, with history or without.
            mapping: 1
            name: Salesforce contacts
            source: salesforce
            times: [iso8601]
            optional: yes

            columns:
              id: {named: [id, Id, Contact ID], optional: no}
              valid_from: _fivetran_start
              modified: [system_modstamp, SystemModstamp, last_modified_date, LastModifiedDate, Last Modified Date]
              synced: [_fivetran_synced, _airbyte_extracted_at, _sdc_batched_at]
              is_current: _fivetran_active
              deleted: [is_deleted, IsDeleted, Deleted, _fivetran_deleted]
              master: [master_record_id, MasterRecordId, Master Record ID]
              account_id: [account_id, AccountId, Account ID, Account Name]   # a report names it where it was not asked for the id
              email: {named: [email, Email], as: email}
              first_name: {named: [first_name, FirstName, First Name], personal: yes}
              last_name: {named: [last_name, LastName, Last Name], personal: yes}
              full_name: {named: [name, Name], personal: yes}
              phone: {named: [phone, Phone], as: phone}
              mobile: {named: [mobile_phone, MobilePhone, Mobile], as: phone}
              company: Account Name
              title: [title, Title]
              department: [department, Department]
              country: {named: [mailing_country_code, MailingCountryCode, mailing_country, MailingCountry, Mailing Country], as: country}
              state: [mailing_state, MailingState, Mailing State/Province]
              city: [mailing_city, MailingCity, Mailing City]
              source: [lead_source, LeadSource, Lead Source]
              reports_to: [reports_to_id, ReportsToId, Reports To ID]
              owner: [owner_id, OwnerId, Contact Owner ID]
              owner_name: [Contact Owner, Owner Name]
              created: {named: [created_date, CreatedDate, Created Date], as: time}
              opted_out: [has_opted_out_of_email, HasOptedOutOfEmail, Email Opt Out]
              do_not_call: [do_not_call, DoNotCall, Do Not Call]
              bounced: {named: [email_bounced_date, EmailBouncedDate, Email Bounced Date], as: time}

            # An outdated version of a record that does not say since when it was so is of no use.
            only:
              - {valid_from: {present: yes}}
              - {is_current: {not: ["false", "no", "0"]}}

            facts:
              - fact: observed
                object: contact
                id: id
                since: [valid_from, modified, synced]
                person: {record: id, email: email}
                account: {record: {object: account, id: account_id}}
                with: [email, first_name, last_name, full_name, phone, mobile, company, title, department, country,
                  state, city, source, reports_to, owner, owner_name, created, opted_out, do_not_call, bounced]
              - fact: owned                 # by a queue: by nobody in person yet
                object: contact
                id: id
                since: [valid_from, modified, synced]
                keep: changes
                when: {owner: {matches: "00G*"}}
                person: id
                by: {record: {object: queue, id: owner}}
              - fact: owned
                object: contact
                id: id
                since: [valid_from, modified, synced]
                keep: changes
                when: {owner: {present: yes, not_matches: "00G*"}}
                person: id
                by: {record: {object: user, id: owner}}
              - fact: owned                 # reports name the owner and give no id
                object: contact
                id: id
                since: [valid_from, modified, synced]
                keep: changes
                when: {owner: {present: no}, owner_name: {present: yes}}
                person: id
                by: {record: {object: user_name, id: owner_name}}
              - fact: consent withdrawn     # the flag has no date: known since the record says so
                object: contact
                id: id
                since: [valid_from, modified, synced]
                keep: changes
                when: {opted_out: ["true", "yes", "1"]}
                person: id
                aspect: email opt-out
                with: {purpose: {is: marketing_email}, channel: {is: email}}
              - fact: consent withdrawn
                object: contact
                id: id
                since: [valid_from, modified, synced]
                keep: changes
                when: {do_not_call: ["true", "yes", "1"]}
                person: id
                aspect: do not call
                with: {purpose: {is: marketing_phone}, channel: {is: phone}}
              - fact: merged                # told by the record that went, which names the one that remains
                object: contact
                id: id
                since: [valid_from, modified, synced]
                keep: changes
                when: {master: known}
                person: {record: [master, id]}
              - fact: deleted
                object: contact
                id: id
                since: [valid_from, modified, synced]
                keep: changes
                when: {deleted: ["true", "yes", "1"], master: {known: no}}
                person: id
            """#),
        Preset(
            "salesforce/accounts",
            files: ["*account.csv", "*account_data*", "*account_history*", "*Account*", "*accounts*"],
            #"""
            # Salesforce accounts: from the data export, from a report, or delivered by a connector, with history or without.
            mapping: 1
            name: Salesforce accounts
            source: salesforce
            times: [iso8601]
            optional: yes

            columns:
              id: {named: [id, Id, Account ID], optional: no}
              valid_from: _fivetran_start
              modified: [system_modstamp, SystemModstamp, last_modified_date, LastModifiedDate, Last Modified Date]
              synced: [_fivetran_synced, _airbyte_extracted_at, _sdc_batched_at]
              is_current: _fivetran_active
              deleted: [is_deleted, IsDeleted, Deleted, _fivetran_deleted]
              master: [master_record_id, MasterRecordId, Master Record ID]
              account: [name, Name, Account Name]
              website: [website, Website]
              type: [type, Type]
              industry: [industry, Industry]
              rating: [rating, Rating]
              source: [account_source, AccountSource, Account Source]
              country: {named: [billing_country_code, BillingCountryCode, billing_country, BillingCountry, Billing Country], as: country}
              state: [billing_state, BillingState, Billing State/Province]
              city: [billing_city, BillingCity, Billing City]
              employees: {named: [number_of_employees, NumberOfEmployees, Employees], as: number}
              annual_revenue: {named: [annual_revenue, AnnualRevenue, Annual Revenue], as: number}
              parent: [parent_id, ParentId, Parent Account ID]
              ownership: [ownership, Ownership]
              owner: [owner_id, OwnerId, Account Owner ID]
              owner_name: [Account Owner, Owner Name]
              created: {named: [created_date, CreatedDate, Created Date], as: time}

            # An outdated version of a record that does not say since when it was so is of no use.
            only:
              - {valid_from: {present: yes}}
              - {is_current: {not: ["false", "no", "0"]}}

            facts:
              - fact: observed
                object: account
                id: id
                since: [valid_from, modified, synced]
                account: id
                with: [account, website, type, industry, rating, source, country, state, city, employees, annual_revenue,
                  parent, ownership, owner, owner_name, created]
              - fact: owned                 # by a queue: by nobody in person yet
                object: account
                id: id
                since: [valid_from, modified, synced]
                keep: changes
                when: {owner: {matches: "00G*"}}
                account: id
                by: {record: {object: queue, id: owner}}
              - fact: owned
                object: account
                id: id
                since: [valid_from, modified, synced]
                keep: changes
                when: {owner: {present: yes, not_matches: "00G*"}}
                account: id
                by: {record: {object: user, id: owner}}
              - fact: owned                 # reports name the owner and give no id
                object: account
                id: id
                since: [valid_from, modified, synced]
                keep: changes
                when: {owner: {present: no}, owner_name: {present: yes}}
                account: id
                by: {record: {object: user_name, id: owner_name}}
              - fact: merged away
                object: account
                id: id
                since: [valid_from, modified, synced]
                keep: changes
                when: {master: known}
                account: id
                with: {into: master}
              - fact: deleted
                object: account
                id: id
                since: [valid_from, modified, synced]
                keep: changes
                when: {deleted: ["true", "yes", "1"], master: {known: no}}
                account: id
            """#),
        Preset(
            "salesforce/opportunities",
            files: [
                "*opportunity.csv", "*opportunity_data*", "*opportunity_history*", "*Opportunity*", "*opportunities*",
            ],
            #"""
            # Salesforce opportunities: from the data export, from a report, or delivered by a connector, with history or without.
            # An opportunity is known by its key: object “deal” and its id. In an organisation with one currency say --currency.
            mapping: 1
            name: Salesforce opportunities
            source: salesforce
            times: [iso8601]
            optional: yes

            columns:
              id: {named: [id, Id, Opportunity ID], optional: no}
              valid_from: _fivetran_start
              modified: [system_modstamp, SystemModstamp, last_modified_date, LastModifiedDate, Last Modified Date]
              synced: [_fivetran_synced, _airbyte_extracted_at, _sdc_batched_at]
              is_current: _fivetran_active
              deleted: [is_deleted, IsDeleted, Deleted, _fivetran_deleted]
              account_id: [account_id, AccountId, Account ID, Account Name]   # a report names it where it was not asked for the id
              account_name: Account Name
              deal: [name, Name, Opportunity Name]
              stage: [stage_name, StageName, Stage]
              currency: [currency_iso_code, CurrencyIsoCode, Opportunity Currency, Amount Currency, Total Amount Currency]
              amount: {named: [amount, Amount, Total Amount], as: money, currency: {column: currency}}
              expected: {named: [expected_revenue, ExpectedRevenue, Expected Revenue], as: money, currency: {column: currency}}
              probability: {named: [probability, Probability, Probability (%)], as: number}
              close_date: {named: [close_date, CloseDate, Close Date], as: date}
              closed: [last_stage_change_date, LastStageChangeDate, Last Stage Change Date]
              close_day: [close_date, CloseDate, Close Date]
              kind: [type, Type]
              source: [lead_source, LeadSource, Lead Source]
              campaign: [campaign_id, CampaignId, Primary Campaign Source ID]
              next_step: [next_step, NextStep, Next Step]
              forecast: [forecast_category_name, ForecastCategoryName, Forecast Category]
              lost_reason: [loss_reason, LossReason, loss_reason_c, Loss_Reason__c, Loss Reason]
              is_closed: [is_closed, IsClosed, Closed]
              is_won: [is_won, IsWon, Won]
              owner: [owner_id, OwnerId, Opportunity Owner ID]
              owner_name: [Opportunity Owner, Owner Name]
              created: [created_date, CreatedDate, Created Date]

            # An outdated version of a record that does not say since when it was so is of no use.
            only:
              - {valid_from: {present: yes}}
              - {is_current: {not: ["false", "no", "0"]}}

            facts:
              - fact: observed
                object: deal
                id: id
                since: [valid_from, modified, synced]
                account: {record: {object: account, id: account_id}}
                with: [deal, account_name, stage, amount, expected, probability, close_date, kind, source, campaign,
                  next_step, forecast, is_closed, is_won, owner, owner_name]
              - fact: deal opened           # nothing that may change later belongs to it
                object: deal
                id: id
                at: created
                when: {created: known}
              - fact: deal changed
                object: deal
                id: id
                since: [valid_from, modified, synced]
                keep: changes
                account: {record: {object: account, id: account_id}}
                with: [stage, amount, close_date, kind, probability, forecast]
              - fact: deal won              # a correction of the record is a new fact
                object: deal
                id: id
                at: [closed, close_day]
                since: [valid_from, modified, synced]
                keep: changes
                when: {is_won: ["true", "yes", "1"]}
                account: {record: {object: account, id: account_id}}
                with: [amount, close_date, kind, stage]
              - fact: deal lost
                object: deal
                id: id
                at: [closed, close_day]
                since: [valid_from, modified, synced]
                keep: changes
                when: {is_closed: ["true", "yes", "1"], is_won: ["false", "no", "0"]}
                account: {record: {object: account, id: account_id}}
                with: {amount: amount, close_date: close_date, kind: kind, stage: stage, reason: lost_reason}
              - fact: owned                 # by a queue: by nobody in person yet
                object: deal
                id: id
                since: [valid_from, modified, synced]
                keep: changes
                when: {owner: {matches: "00G*"}}
                by: {record: {object: queue, id: owner}}
              - fact: owned
                object: deal
                id: id
                since: [valid_from, modified, synced]
                keep: changes
                when: {owner: {present: yes, not_matches: "00G*"}}
                by: {record: {object: user, id: owner}}
              - fact: owned                 # reports name the owner and give no id
                object: deal
                id: id
                since: [valid_from, modified, synced]
                keep: changes
                when: {owner: {present: no}, owner_name: {present: yes}}
                by: {record: {object: user_name, id: owner_name}}
              - fact: deleted
                object: deal
                id: id
                since: [valid_from, modified, synced]
                keep: changes
                when: {deleted: ["true", "yes", "1"]}
            """#),
        Preset(
            "salesforce/opportunity-stages", files: ["*OpportunityHistory*"],
            #"""
            # Salesforce's own history of stage, amount, probability and close date (OpportunityHistory).
            mapping: 1
            name: Salesforce opportunity history
            source: salesforce
            times: [iso8601]
            optional: yes

            columns:
              deal: {named: [opportunity_id, OpportunityId, Opportunity ID], optional: no}
              changed: {named: [created_date, CreatedDate, Created Date, Last Modified], optional: no}
              stage: [stage_name, StageName, Stage, To Stage]
              currency: [currency_iso_code, CurrencyIsoCode, Opportunity Currency, Amount Currency, Total Amount Currency]
              amount: {named: [amount, Amount], as: money, currency: {column: currency}}
              probability: {named: [probability, Probability, Probability (%)], as: number}
              close_date: {named: [close_date, CloseDate, Close Date], as: date}
              forecast: [forecast_category, ForecastCategory, Forecast Category]
              user: [created_by_id, CreatedById]

            facts:
              - fact: deal changed
                object: deal
                id: deal
                since: changed
                aspect: history
                by: {record: {object: user, id: user}}
                with: [stage, amount, probability, close_date, forecast]
            """#),
        Preset(
            "salesforce/contact-roles", files: ["*OpportunityContactRole*", "*opportunity_contact_role*"],
            #"""
            # Which people belong to which opportunity. The tie is a state of the deal: it says whom the deal moves.
            mapping: 1
            name: Salesforce opportunity contact roles
            source: salesforce
            times: [iso8601]
            optional: yes

            columns:
              deal: {named: [opportunity_id, OpportunityId, Opportunity ID], optional: no}
              contact: {named: [contact_id, ContactId, Contact ID], optional: no}
              valid_from: _fivetran_start
              modified: [system_modstamp, SystemModstamp, last_modified_date, LastModifiedDate, Last Modified Date]
              synced: [_fivetran_synced, _airbyte_extracted_at, _sdc_batched_at]
              is_current: _fivetran_active
              deleted: [is_deleted, IsDeleted, Deleted, _fivetran_deleted]
              role: [role, Role, Contact Role]
              is_primary: {named: [is_primary, IsPrimary, Primary], as: flag}

            # An outdated version of a record that does not say since when it was so is of no use.
            only:
              - {valid_from: {present: yes}}
              - {is_current: {not: ["false", "no", "0"]}}

            facts:
              - fact: deal changed
                object: deal
                id: deal
                since: [valid_from, modified, synced]
                keep: changes
                when: {deleted: {not: ["true", "yes", "1"]}}
                aspect: {is: contact, of: contact}
                person: {record: {object: contact, id: contact}}
                with: [role, is_primary]
            """#),
        Preset(
            "salesforce/campaign-members", files: ["*CampaignMember*", "*campaign_member*"],
            #"""
            # Who is in which campaign, and who responded. A second response overwrites the first in Salesforce.
            mapping: 1
            name: Salesforce campaign members
            source: salesforce
            times: [iso8601]
            optional: yes

            columns:
              id: {named: [id, Id, Member ID], optional: no}
              campaign: {named: [campaign_id, CampaignId, Campaign ID], optional: no}
              lead: [lead_id, LeadId, Lead ID]
              contact: [contact_id, ContactId, Contact ID]
              valid_from: _fivetran_start
              modified: [system_modstamp, SystemModstamp, last_modified_date, LastModifiedDate, Last Modified Date]
              synced: [_fivetran_synced, _airbyte_extracted_at, _sdc_batched_at]
              is_current: _fivetran_active
              deleted: [is_deleted, IsDeleted, Deleted, _fivetran_deleted]
              status: [status, Status, Member Status]
              responded: [has_responded, HasResponded, Responded]
              first_responded: [first_responded_date, FirstRespondedDate, Member First Responded Date]
              created: [created_date, CreatedDate, Member First Associated Date]

            # An outdated version of a record that does not say since when it was so is of no use.
            only:
              - {valid_from: {present: yes}}
              - {is_current: {not: ["false", "no", "0"]}}

            facts:
              - fact: activity
                object: campaign_member
                id: id
                at: created
                when: {created: known}
                name: {is: Campaign member}
                person: {record: [{object: lead, id: lead}, {object: contact, id: contact}]}
                with: [campaign]
              - fact: activity
                object: campaign_member
                id: id
                at: [first_responded, created]
                when: {responded: ["true", "yes", "1"]}
                aspect: response
                name: {is: Campaign response}
                person: {record: [{object: lead, id: lead}, {object: contact, id: contact}]}
                with: [campaign]
              - fact: observed
                object: campaign_member
                id: id
                since: [valid_from, modified, synced]
                keep: changes
                person: {record: [{object: lead, id: lead}, {object: contact, id: contact}]}
                with: [campaign, status, responded]
            """#),
        Preset(
            "salesforce/tasks", files: ["*task.csv", "*task_data*", "*Task*", "*tasks*"],
            #"""
            # Salesforce tasks: calls, e-mails and what else reps did, once completed. ActivityDate is a day without a time, and often
            # the day it was due, so a touch is dated by its completion, or else by when it was logged. An open task is only observed.
            mapping: 1
            name: Salesforce tasks
            source: salesforce
            times: [iso8601]
            optional: yes

            columns:
              id: {named: [id, Id, Activity ID], optional: no}
              valid_from: _fivetran_start
              modified: [system_modstamp, SystemModstamp, last_modified_date, LastModifiedDate, Last Modified Date]
              synced: [_fivetran_synced, _airbyte_extracted_at, _sdc_batched_at]
              is_current: _fivetran_active
              deleted: [is_deleted, IsDeleted, Deleted, _fivetran_deleted]
              who: [who_id, WhoId, Contact ID, Lead ID, Contact/Lead ID]
              what: [what_id, WhatId, Related To ID]
              account_id: [account_id, AccountId, Account ID]
              owner: [owner_id, OwnerId, Assigned ID]
              status: [status, Status]
              is_closed: [is_closed, IsClosed, Closed]
              completed: [completed_date_time, CompletedDateTime, Completed Date/Time, Completed Date]
              created: [created_date, CreatedDate, Created Date]
              due: {named: [activity_date, ActivityDate, Date, Due Date], as: date}
              type: [type, Type]
              subtype: [task_subtype, TaskSubtype, Task Subtype]
              channel:
                named: [task_subtype, TaskSubtype, Task Subtype]
                empty: other
                aliases: {Task: other, Call: call, Email: email, ListEmail: email, Cadence: email, LinkedIn: social}
              call_type: [call_type, CallType, Call Type]
              outcome: [call_disposition, CallDisposition, Call Result]
              seconds: {named: [call_duration_in_seconds, CallDurationInSeconds, Call Duration (seconds)], as: number}

            # An outdated version of a record that does not say since when it was so is of no use.
            only:
              - {valid_from: {present: yes}}
              - {is_current: {not: ["false", "no", "0"]}}

            facts:
              - fact: touch                 # ids of leads begin with 00Q, those of contacts with 003
                object: task
                id: id
                at: [completed, created]
                when: {is_closed: ["true", "yes", "1"], who: {not_matches: "00Q*"}, call_type: {not: Inbound}, subtype: {not: [ListEmail, Cadence]}}
                if_nobody: skip
                person: {record: {object: contact, id: who}}
                account: {record: {object: account, id: account_id}}
                by: {record: {object: user, id: owner}}
                with: {channel: channel, direction: {is: outward}, automatic: {is: "no"}, outcome: outcome}
              - fact: touch
                object: task
                id: id
                at: [completed, created]
                when: {is_closed: ["true", "yes", "1"], who: {matches: "00Q*"}, call_type: {not: Inbound}, subtype: {not: [ListEmail, Cadence]}}
                if_nobody: skip
                person: {record: {object: lead, id: who}}
                account: {record: {object: account, id: account_id}}
                by: {record: {object: user, id: owner}}
                with: {channel: channel, direction: {is: outward}, automatic: {is: "no"}, outcome: outcome}
              - fact: touch                 # list mail and sequences are automatic
                object: task
                id: id
                at: [completed, created]
                when: {is_closed: ["true", "yes", "1"], who: {not_matches: "00Q*"}, subtype: [ListEmail, Cadence]}
                if_nobody: skip
                person: {record: {object: contact, id: who}}
                account: {record: {object: account, id: account_id}}
                by: {record: {object: user, id: owner}}
                with: {channel: channel, direction: {is: outward}, automatic: {is: "yes"}, outcome: outcome}
              - fact: touch
                object: task
                id: id
                at: [completed, created]
                when: {is_closed: ["true", "yes", "1"], who: {matches: "00Q*"}, subtype: [ListEmail, Cadence]}
                if_nobody: skip
                person: {record: {object: lead, id: who}}
                account: {record: {object: account, id: account_id}}
                by: {record: {object: user, id: owner}}
                with: {channel: channel, direction: {is: outward}, automatic: {is: "yes"}, outcome: outcome}
              - fact: touch
                object: task
                id: id
                at: [completed, created]
                when: {is_closed: ["true", "yes", "1"], who: {not_matches: "00Q*"}, call_type: Inbound}
                if_nobody: skip
                person: {record: {object: contact, id: who}}
                account: {record: {object: account, id: account_id}}
                by: {record: {object: user, id: owner}}
                with: {channel: channel, direction: {is: inward}, automatic: {is: "no"}, outcome: outcome}
              - fact: touch
                object: task
                id: id
                at: [completed, created]
                when: {is_closed: ["true", "yes", "1"], who: {matches: "00Q*"}, call_type: Inbound}
                if_nobody: skip
                person: {record: {object: lead, id: who}}
                account: {record: {object: account, id: account_id}}
                by: {record: {object: user, id: owner}}
                with: {channel: channel, direction: {is: inward}, automatic: {is: "no"}, outcome: outcome}
              - fact: observed
                object: task
                id: id
                since: [valid_from, modified, synced]
                with: [who, what, owner, status, type, subtype, due, seconds]
              - fact: deleted
                object: task
                id: id
                since: [valid_from, modified, synced]
                keep: changes
                when: {deleted: ["true", "yes", "1"]}
            """#),
        Preset(
            "salesforce/events", files: ["*event.csv", "*event_data*", "*Event*", "*events*"],
            #"""
            # Salesforce events: meetings in the calendar. Salesforce does not say that one was held: where a field of your
            # own does, add a rule “meeting held” to a copy of this.
            mapping: 1
            name: Salesforce events
            source: salesforce
            times: [iso8601]
            optional: yes

            columns:
              id: {named: [id, Id, Activity ID], optional: no}
              valid_from: _fivetran_start
              modified: [system_modstamp, SystemModstamp, last_modified_date, LastModifiedDate, Last Modified Date]
              synced: [_fivetran_synced, _airbyte_extracted_at, _sdc_batched_at]
              is_current: _fivetran_active
              deleted: [is_deleted, IsDeleted, Deleted, _fivetran_deleted]
              who: [who_id, WhoId, Contact ID, Lead ID, Contact/Lead ID]
              what: [what_id, WhatId, Related To ID]
              account_id: [account_id, AccountId, Account ID]
              owner: [owner_id, OwnerId, Assigned ID]
              type: [type, Type]
              created: [created_date, CreatedDate, Created Date]
              start: {named: [start_date_time, StartDateTime, activity_date_time, ActivityDateTime, Start, Start Date Time], as: time}
              end: {named: [end_date_time, EndDateTime, End, End Date Time], as: time}
              no_show: [no_show_c, No_Show__c, No Show]
              minutes: {named: [duration_in_minutes, DurationInMinutes, Duration (Minutes)], as: number}

            # An outdated version of a record that does not say since when it was so is of no use.
            only:
              - {valid_from: {present: yes}}
              - {is_current: {not: ["false", "no", "0"]}}

            facts:
              - fact: meeting booked        # an event that is moved is told anew
                object: event
                id: id
                at: [created, start]
                since: [valid_from, modified, synced]
                keep: changes
                when: {who: {not_matches: "00Q*"}}
                if_nobody: skip
                person: {record: {object: contact, id: who}}
                account: {record: {object: account, id: account_id}}
                by: {record: {object: user, id: owner}}
                with: {scheduled: start}
              - fact: meeting booked
                object: event
                id: id
                at: [created, start]
                since: [valid_from, modified, synced]
                keep: changes
                when: {who: {matches: "00Q*"}}
                if_nobody: skip
                person: {record: {object: lead, id: who}}
                account: {record: {object: account, id: account_id}}
                by: {record: {object: user, id: owner}}
                with: {scheduled: start}
              - fact: meeting missed
                object: event
                id: id
                at: start
                since: [valid_from, modified, synced]
                keep: changes
                when: {no_show: ["true", "yes", "1"], who: {not_matches: "00Q*"}}
                if_nobody: skip
                person: {record: {object: contact, id: who}}
                account: {record: {object: account, id: account_id}}
                by: {record: {object: user, id: owner}}
                with: {scheduled: start}
              - fact: meeting missed
                object: event
                id: id
                at: start
                since: [valid_from, modified, synced]
                keep: changes
                when: {no_show: ["true", "yes", "1"], who: {matches: "00Q*"}}
                if_nobody: skip
                person: {record: {object: lead, id: who}}
                account: {record: {object: account, id: account_id}}
                by: {record: {object: user, id: owner}}
                with: {scheduled: start}
              - fact: observed
                object: event
                id: id
                since: [valid_from, modified, synced]
                with: [who, what, owner, type, start, end, minutes, no_show]
              - fact: deleted
                object: event
                id: id
                since: [valid_from, modified, synced]
                keep: changes
                when: {deleted: ["true", "yes", "1"]}
            """#),
        Preset(
            "salesforce/line-items", files: ["*opportunity_line_item*", "*OpportunityLineItem*"],
            #"""
            # Products on opportunities. In an organisation with one currency say --currency.
            mapping: 1
            name: Salesforce opportunity products
            source: salesforce
            times: [iso8601]
            optional: yes

            columns:
              id: {named: [id, Id, Line Item ID], optional: no}
              valid_from: _fivetran_start
              modified: [system_modstamp, SystemModstamp, last_modified_date, LastModifiedDate, Last Modified Date]
              synced: [_fivetran_synced, _airbyte_extracted_at, _sdc_batched_at]
              is_current: _fivetran_active
              deleted: [is_deleted, IsDeleted, Deleted, _fivetran_deleted]
              deal: {named: [opportunity_id, OpportunityId, Opportunity ID], optional: no}
              product: [product2_id, Product2Id, product_2_id, Product ID]
              product_name: [name, Name, Product Name]
              product_code: [product_code, ProductCode, Product Code]
              currency: [currency_iso_code, CurrencyIsoCode]
              quantity: {named: [quantity, Quantity], as: number}
              price: {named: [unit_price, UnitPrice, Sales Price], as: money, currency: {column: currency}}
              list_price: {named: [list_price, ListPrice, List Price], as: money, currency: {column: currency}}
              total: {named: [total_price, TotalPrice, Total Price], as: money, currency: {column: currency}}
              discount: {named: [discount, Discount], as: number}
              service_date: {named: [service_date, ServiceDate, Service Date], as: date}

            # An outdated version of a record that does not say since when it was so is of no use.
            only:
              - {valid_from: {present: yes}}
              - {is_current: {not: ["false", "no", "0"]}}

            facts:
              - fact: observed
                object: line_item
                id: id
                since: [valid_from, modified, synced]
                with: [deal, product, product_name, product_code, quantity, price, list_price, total, discount,
                  service_date]
              - fact: deleted
                object: line_item
                id: id
                since: [valid_from, modified, synced]
                keep: changes
                when: {deleted: ["true", "yes", "1"]}
            """#),
        Preset(
            "salesforce/orders", files: ["*order.csv", "*order_data*", "*Order*", "*orders*"],
            #"""
            # Orders of accounts. In an organisation with one currency say --currency.
            mapping: 1
            name: Salesforce orders
            source: salesforce
            times: [iso8601]
            optional: yes

            columns:
              id: {named: [id, Id, Order ID], optional: no}
              valid_from: _fivetran_start
              modified: [system_modstamp, SystemModstamp, last_modified_date, LastModifiedDate, Last Modified Date]
              synced: [_fivetran_synced, _airbyte_extracted_at, _sdc_batched_at]
              is_current: _fivetran_active
              deleted: [is_deleted, IsDeleted, Deleted, _fivetran_deleted]
              account_id: [account_id, AccountId, Account ID]
              number: [order_number, OrderNumber, Order Number]
              status: [status, Status]
              type: [type, Type, Order Type]
              currency: [currency_iso_code, CurrencyIsoCode]
              total: {named: [total_amount, TotalAmount, Order Amount], as: money, currency: {column: currency}}
              start: {named: [effective_date, EffectiveDate, Order Start Date], as: date}
              end: {named: [end_date, EndDate, Order End Date], as: date}
              activated: {named: [activated_date, ActivatedDate, Activated Date], as: time}
              owner: [owner_id, OwnerId]

            # An outdated version of a record that does not say since when it was so is of no use.
            only:
              - {valid_from: {present: yes}}
              - {is_current: {not: ["false", "no", "0"]}}

            facts:
              - fact: observed
                object: order
                id: id
                since: [valid_from, modified, synced]
                account: {record: {object: account, id: account_id}}
                with: [number, status, type, total, start, end, activated, owner]
              - fact: deleted
                object: order
                id: id
                since: [valid_from, modified, synced]
                keep: changes
                when: {deleted: ["true", "yes", "1"]}
                account: {record: {object: account, id: account_id}}
            """#),
        Preset(
            "salesforce/products", files: ["*product_2*", "*Product2*", "*products*"],
            #"""
            # The products there are.
            mapping: 1
            name: Salesforce products
            source: salesforce
            times: [iso8601]
            optional: yes

            columns:
              id: {named: [id, Id, Product ID], optional: no}
              valid_from: _fivetran_start
              modified: [system_modstamp, SystemModstamp, last_modified_date, LastModifiedDate, Last Modified Date]
              synced: [_fivetran_synced, _airbyte_extracted_at, _sdc_batched_at]
              is_current: _fivetran_active
              deleted: [is_deleted, IsDeleted, Deleted, _fivetran_deleted]
              product: {named: [name, Name, Product Name], optional: no}
              code: [product_code, ProductCode, Product Code]
              family: [family, Family, Product Family]
              active: {named: [is_active, IsActive, Active], as: flag}

            # An outdated version of a record that does not say since when it was so is of no use.
            only:
              - {valid_from: {present: yes}}
              - {is_current: {not: ["false", "no", "0"]}}

            facts:
              - fact: observed
                object: product
                id: id
                since: [valid_from, modified, synced]
                with: [product, code, family, active]
              - fact: deleted
                object: product
                id: id
                since: [valid_from, modified, synced]
                keep: changes
                when: {deleted: ["true", "yes", "1"]}
            """#),
        Preset(
            "salesforce/users", files: ["*user.csv", "*user_data*", "*User*", "*users*"], isOfStaff: true,
            #"""
            # Who can sign in to Salesforce: our own people, so their names are not kept apart.
            mapping: 1
            name: Salesforce users
            source: salesforce
            times: [iso8601]
            optional: yes

            columns:
              id: {named: [id, Id, User ID], optional: no}
              valid_from: _fivetran_start
              modified: [system_modstamp, SystemModstamp, last_modified_date, LastModifiedDate, Last Modified Date]
              synced: [_fivetran_synced, _airbyte_extracted_at, _sdc_batched_at]
              is_current: _fivetran_active
              deleted: [is_deleted, IsDeleted, Deleted, _fivetran_deleted]
              full_name: [name, Name, Full Name]
              email: [email, Email]
              username: [username, Username]
              active: {named: [is_active, IsActive, Active], as: flag}
              manager: [manager_id, ManagerId, Manager ID]
              role: [user_role_id, UserRoleId, Role ID]
              profile: [profile_id, ProfileId, Profile ID]
              department: [department, Department]
              title: [title, Title]
              zone: [time_zone_sid_key, TimeZoneSidKey, Time Zone]
              forecast: {named: [forecast_enabled, ForecastEnabled, Allow Forecasting], as: flag}

            # An outdated version of a record that does not say since when it was so is of no use.
            only:
              - {valid_from: {present: yes}}
              - {is_current: {not: ["false", "no", "0"]}}

            facts:
              - fact: company
                object: user
                id: id
                since: [valid_from, modified, synced]
                keep: changes
                name: {is: roster}
                with: [full_name, email, username, active, manager, role, profile, department, title, zone, forecast]
            """#),
        Preset(
            "salesforce/roles", files: ["*user_role*", "*UserRole*"], isOfStaff: true,
            #"""
            # The hierarchy of roles.
            mapping: 1
            name: Salesforce roles
            source: salesforce
            times: [iso8601]
            optional: yes

            columns:
              id: {named: [id, Id, Role ID], optional: no}
              valid_from: _fivetran_start
              modified: [system_modstamp, SystemModstamp, last_modified_date, LastModifiedDate, Last Modified Date]
              synced: [_fivetran_synced, _airbyte_extracted_at, _sdc_batched_at]
              is_current: _fivetran_active
              deleted: [is_deleted, IsDeleted, Deleted, _fivetran_deleted]
              role: {named: [name, Name, Role Name], optional: no}
              developer_name: [developer_name, DeveloperName]
              parent: {named: [parent_role_id, ParentRoleId, Parent Role ID], optional: no}

            # An outdated version of a record that does not say since when it was so is of no use.
            only:
              - {valid_from: {present: yes}}
              - {is_current: {not: ["false", "no", "0"]}}

            facts:
              - fact: company
                object: role
                id: id
                since: [valid_from, modified, synced]
                keep: changes
                name: {is: roster}
                with: [role, developer_name, parent]
            """#),
    ]
}
