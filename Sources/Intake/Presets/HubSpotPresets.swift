//  Presets for HubSpot
//
//  A property goes by several names: `email` in an export of internal names, `Email` in an export of labels,
//  `properties.email` in what the API gives, `property_email` in a connector's table. Connectors also write when they
//  last read a row (`_fivetran_synced`): where a file has no modification time of its own, that is since when the source
//  is known to say so.

extension Preset {
    static let hubspot: [Preset] = [
        Preset(
            "hubspot/contacts", files: ["*contact.csv", "*contact_data*", "*contacts*"],
            #"""
            # HubSpot contacts, as the contacts page exports them, as the API gives them, or as connectors deliver them.
            # Times in exports from the contacts page are in the account's zone: say --zone.
            mapping: 1
            name: HubSpot contacts
            source: hubspot
            times: [iso8601, epoch milliseconds]
            optional: yes

            columns:
              id: {named: [id, Record ID, Record ID - Contact, Contact ID, hs_object_id, property_hs_object_id, vid], optional: no}
              modified: [property_lastmodifieddate, lastmodifieddate, updatedAt, Last Modified Date, Last Modified]
              synced: [_fivetran_synced, _airbyte_extracted_at, _sdc_batched_at]
              deleted: [_fivetran_deleted, is_deleted, archived]
              merged_ids: {named: [property_hs_merged_object_ids, hs_merged_object_ids, properties.hs_merged_object_ids, Merged object IDs], separator: ";"}
              email: {named: [property_email, email, properties.email, Email], as: email}
              first_name: {named: [property_firstname, firstname, properties.firstname, First Name], personal: yes}
              last_name: {named: [property_lastname, lastname, properties.lastname, Last Name], personal: yes}
              phone: {named: [property_phone, phone, properties.phone, Phone Number], as: phone}
              mobile: {named: [property_mobilephone, mobilephone, properties.mobilephone, Mobile Phone Number], as: phone}
              company: [property_company, company, properties.company, Company Name, Associated Company, Associated Company (Primary)]
              company_id: [property_associatedcompanyid, associatedcompanyid, properties.associatedcompanyid, Primary Associated Company ID,
                Associated Company IDs (Primary)]
              company_ids: {named: Associated Company IDs, separator: ";"}
              job_title: [property_jobtitle, jobtitle, properties.jobtitle, Job Title]
              country: {named: [property_country, country, properties.country, Country/Region], as: country}
              industry: [property_industry, industry, properties.industry, Industry]
              annual_revenue: {named: [property_annualrevenue, annualrevenue, properties.annualrevenue, Annual Revenue], as: number}
              employees: [property_numemployees, numemployees, properties.numemployees, Number of Employees]
              owner: [property_hubspot_owner_id, hubspot_owner_id, properties.hubspot_owner_id]
              owner_name: [Contact owner, Contact Owner]
              lifecycle_stage: [property_lifecyclestage, lifecyclestage, properties.lifecyclestage, Lifecycle Stage]
              lead_status: [property_hs_lead_status, hs_lead_status, properties.hs_lead_status, Lead Status]
              source: [property_hs_analytics_source, hs_analytics_source, properties.hs_analytics_source, Original Source, Original Traffic Source]
              source_detail: [property_hs_analytics_source_data_1, hs_analytics_source_data_1, properties.hs_analytics_source_data_1, Original Source Drill-Down 1]
              source_detail_2: [property_hs_analytics_source_data_2, hs_analytics_source_data_2, properties.hs_analytics_source_data_2, Original Source Drill-Down 2]
              latest_source: [property_hs_latest_source, hs_latest_source, properties.hs_latest_source, Latest Source, Latest Traffic Source]
              score: {named: [property_hubspotscore, hubspotscore, properties.hubspotscore, HubSpot Score], as: number}
              marketing_contact: [property_hs_marketable_status, hs_marketable_status, properties.hs_marketable_status, Marketing contact status]
              legal_basis: [property_hs_legal_basis, hs_legal_basis, properties.hs_legal_basis, "Legal basis for processing contact's data"]
              opted_out: [property_hs_email_optout, hs_email_optout, properties.hs_email_optout, Unsubscribed from all email]
              created: {named: [property_createdate, createdate, properties.createdate, Create Date], as: time}
              last_activity: {named: [property_notes_last_updated, notes_last_updated, properties.notes_last_updated, Last Activity Date], as: time}
              first_conversion: {named: [property_first_conversion_date, first_conversion_date, properties.first_conversion_date, First Conversion Date], as: time}
              became_subscriber: {named: [property_hs_lifecyclestage_subscriber_date, hs_lifecyclestage_subscriber_date, Became a Subscriber Date], as: time}
              became_lead: {named: [property_hs_lifecyclestage_lead_date, hs_lifecyclestage_lead_date, Became a Lead Date], as: time}
              became_mql: {named: [property_hs_lifecyclestage_marketingqualifiedlead_date, hs_lifecyclestage_marketingqualifiedlead_date, Became a Marketing Qualified Lead Date], as: time}
              became_sql: {named: [property_hs_lifecyclestage_salesqualifiedlead_date, hs_lifecyclestage_salesqualifiedlead_date, Became a Sales Qualified Lead Date], as: time}
              became_opportunity: {named: [property_hs_lifecyclestage_opportunity_date, hs_lifecyclestage_opportunity_date, Became an Opportunity Date], as: time}
              became_customer: {named: [property_hs_lifecyclestage_customer_date, hs_lifecyclestage_customer_date, Became a Customer Date], as: time}

            facts:
              - fact: observed
                object: contact
                id: id
                since: [modified, synced]
                person: {record: id, email: email}
                account: {record: {object: company, id: company_id}}
                with: [email, first_name, last_name, phone, mobile, company, job_title, country, industry, annual_revenue,
                  employees, owner, owner_name, lifecycle_stage, lead_status, source, source_detail, source_detail_2,
                  latest_source, score, marketing_contact, legal_basis, opted_out, created, last_activity, first_conversion, became_subscriber, became_lead,
                  became_mql, became_sql, became_opportunity, became_customer]
              - fact: identified                # exports of labels name all companies in one field
                object: contact
                id: id
                aspect: {is: company, of: each}
                each: company_ids
                since: [modified, synced]
                keep: changes
                when: {company_id: {present: no}, company_ids: known}
                person: id
                account: {record: {object: company, id: each}}
              - fact: owned
                object: contact
                id: id
                since: [modified, synced]
                keep: changes
                when: {owner: {present: yes}}
                person: id
                by: {record: {object: owner, id: owner}}
              - fact: owned                     # exports of labels name the owner, and do not give an id
                object: contact
                id: id
                since: [modified, synced]
                keep: changes
                when: {owner: {present: no}, owner_name: {present: yes}}
                person: id
                by: {record: {object: owner_name, id: owner_name}}
              - fact: consent withdrawn         # the flag has no date: it is known since the record says so
                object: contact
                id: id
                since: [modified, synced]
                keep: changes
                when: {opted_out: ["true", "yes", "1"]}
                person: id
                with: {purpose: {is: marketing_email}, channel: {is: email}}
              - fact: merged                    # one for each contact that was merged into this one, under its id
                object: contact
                id: each
                each: merged_ids
                since: [modified, synced]
                keep: changes
                person: {record: [id, each]}
              - fact: deleted
                object: contact
                id: id
                since: [modified, synced]
                keep: changes
                when: {deleted: ["true", "yes", "1"]}
                person: id
            """#),
        Preset(
            "hubspot/companies", files: ["*company.csv", "*company_data*", "*companies*"],
            #"""
            # HubSpot companies, as the companies page exports them, as the API gives them, or as connectors deliver them.
            mapping: 1
            name: HubSpot companies
            source: hubspot
            times: [iso8601, epoch milliseconds]
            optional: yes

            columns:
              id: {named: [id, Record ID, Record ID - Company, Company ID, hs_object_id], optional: no}
              modified: [property_hs_lastmodifieddate, hs_lastmodifieddate, updatedAt, Last Modified Date]
              synced: [_fivetran_synced, _airbyte_extracted_at, _sdc_batched_at]
              deleted: [is_deleted, _fivetran_deleted, archived]
              merged_ids: {named: [property_hs_merged_object_ids, hs_merged_object_ids, properties.hs_merged_object_ids], separator: ";"}
              company: [property_name, name, properties.name, Company name, Company Name]
              domain: {named: [property_domain, domain, properties.domain, Company Domain Name], as: domain}
              website: [property_website, website, properties.website, Website URL]
              industry: [property_industry, industry, properties.industry, Industry]
              country: {named: [property_country, country, properties.country, Country/Region], as: country}
              city: [property_city, city, properties.city, City]
              state: [property_state, state, properties.state, State/Region]
              annual_revenue: {named: [property_annualrevenue, annualrevenue, properties.annualrevenue, Annual Revenue], as: number}
              employees: {named: [property_numberofemployees, numberofemployees, properties.numberofemployees, Number of Employees], as: number}
              parent: [property_hs_parent_company_id, hs_parent_company_id, properties.hs_parent_company_id, Parent Company]
              lifecycle_stage: [property_lifecyclestage, lifecyclestage, properties.lifecyclestage, Lifecycle Stage]
              owner: [property_hubspot_owner_id, hubspot_owner_id, properties.hubspot_owner_id]
              owner_name: [Company owner, Company Owner]
              created: {named: [property_createdate, createdate, properties.createdate, Create Date], as: time}

            facts:
              - fact: observed
                object: company
                id: id
                since: [modified, synced]
                account: {record: id, domain: domain}
                with: [company, domain, website, industry, country, city, state, annual_revenue, employees, parent,
                  lifecycle_stage, owner, owner_name, created]
              - fact: owned
                object: company
                id: id
                since: [modified, synced]
                keep: changes
                when: {owner: {present: yes}}
                account: id
                by: {record: {object: owner, id: owner}}
              - fact: owned
                object: company
                id: id
                since: [modified, synced]
                keep: changes
                when: {owner: {present: no}, owner_name: {present: yes}}
                account: id
                by: {record: {object: owner_name, id: owner_name}}
              - fact: merged away
                object: company
                id: each
                each: merged_ids
                since: [modified, synced]
                keep: changes
                account: {record: each}
                with: {into: id}
              - fact: deleted
                object: company
                id: id
                since: [modified, synced]
                keep: changes
                when: {deleted: ["true", "yes", "1"]}
                account: id
            """#),
        Preset(
            "hubspot/deals", files: ["*deal.csv", "*deal_data*", "*deals*"],
            #"""
            # HubSpot deals, as the deals page exports them, as the API gives them, or as connectors deliver them.
            # A deal is known by its key: object “deal” and its id. Its amounts are in the deal's currency, or in --currency.
            mapping: 1
            name: HubSpot deals
            source: hubspot
            times: [iso8601, epoch milliseconds]
            optional: yes

            columns:
              id: {named: [deal_id, id, Record ID, Record ID - Deal, Deal ID, hs_object_id], optional: no}
              modified: [property_hs_lastmodifieddate, hs_lastmodifieddate, updatedAt, Last Modified Date]
              synced: [_fivetran_synced, _airbyte_extracted_at, _sdc_batched_at]
              deleted: [is_deleted, _fivetran_deleted, archived]
              merged_ids: {named: [property_hs_merged_object_ids, hs_merged_object_ids, properties.hs_merged_object_ids], separator: ";"}
              deal: [property_dealname, dealname, properties.dealname, Deal Name]
              stage: [deal_pipeline_stage_id, property_dealstage, dealstage, properties.dealstage, Deal Stage]
              pipeline: [deal_pipeline_id, property_pipeline, pipeline, properties.pipeline, Pipeline]
              currency: [property_deal_currency_code, deal_currency_code, properties.deal_currency_code, Currency]
              amount: {named: [property_amount, amount, properties.amount, Amount], as: money, currency: {column: currency}}
              close_date: {named: [property_closedate, closedate, properties.closedate, Close Date], as: date}
              closed: [property_closedate, closedate, properties.closedate, Close Date]
              is_won: [property_hs_is_closed_won, hs_is_closed_won, properties.hs_is_closed_won, Is Closed Won]
              is_closed: [property_hs_is_closed, hs_is_closed, properties.hs_is_closed, Is Deal Closed?, Is closed]
              lost_reason: [property_closed_lost_reason, closed_lost_reason, properties.closed_lost_reason, Closed Lost Reason]
              won_reason: [property_closed_won_reason, closed_won_reason, properties.closed_won_reason, Closed Won Reason]
              kind: [property_dealtype, dealtype, properties.dealtype, Deal Type]
              company_id: [Associated Company IDs (Primary), Primary Associated Company ID]
              company_ids: {named: Associated Company IDs, separator: ";"}
              company: [Associated Company (Primary), Associated Company]
              owner: [owner_id, property_hubspot_owner_id, hubspot_owner_id, properties.hubspot_owner_id]
              owner_name: [Deal owner, Deal Owner]
              created: [property_createdate, createdate, properties.createdate, Create Date]

            facts:
              - fact: observed
                object: deal
                id: id
                since: [modified, synced]
                account: {record: {object: company, id: company_id}}
                with: [deal, company, stage, pipeline, amount, close_date, kind, owner, owner_name, is_won, is_closed, lost_reason, won_reason]
              - fact: deal opened               # nothing that may change later belongs to it
                object: deal
                id: id
                at: created
                when: {created: known}
              - fact: deal changed
                object: deal
                id: id
                since: [modified, synced]
                keep: changes
                account: {record: {object: company, id: company_id}}
                with: [stage, pipeline, amount, close_date, kind]
              - fact: deal changed              # exports of labels name all companies in one field
                object: deal
                id: id
                aspect: {is: company, of: each}
                each: company_ids
                since: [modified, synced]
                keep: changes
                when: {company_id: {present: no}, company_ids: known}
                account: {record: {object: company, id: each}}
              - fact: deal won                  # when it closed; a correction of the record is a new fact
                object: deal
                id: id
                at: closed
                since: [modified, synced]
                keep: changes
                when:
                  - {is_won: ["true", "yes", "1"], closed: known}
                  - {is_won: {present: no}, stage: [closedwon, Closed Won], closed: known}
                account: {record: {object: company, id: company_id}}
                with: {amount: amount, close_date: close_date, kind: kind, pipeline: pipeline, reason: won_reason}
              - fact: deal lost
                object: deal
                id: id
                at: closed
                since: [modified, synced]
                keep: changes
                when:
                  - {is_closed: ["true", "yes", "1"], is_won: ["false", "no", "0"], closed: known}
                  - {is_won: {present: no}, stage: [closedlost, Closed Lost], closed: known}
                account: {record: {object: company, id: company_id}}
                with: {amount: amount, close_date: close_date, kind: kind, pipeline: pipeline, reason: lost_reason}
              - fact: owned
                object: deal
                id: id
                since: [modified, synced]
                keep: changes
                when: {owner: {present: yes}}
                by: {record: {object: owner, id: owner}}
              - fact: owned
                object: deal
                id: id
                since: [modified, synced]
                keep: changes
                when: {owner: {present: no}, owner_name: {present: yes}}
                by: {record: {object: owner_name, id: owner_name}}
              - fact: merged away
                object: deal
                id: each
                each: merged_ids
                since: [modified, synced]
                keep: changes
                with: {into: id}
              - fact: deleted
                object: deal
                id: id
                since: [modified, synced]
                keep: changes
                when: {deleted: ["true", "yes", "1"]}
            """#),
        Preset(
            "hubspot/contact-history", files: ["*contact_property_history*"],
            #"""
            # Every value that a contact's properties ever had. Values that name the person are kept apart.
            mapping: 1
            name: HubSpot contact property history
            source: hubspot
            times: [iso8601, epoch milliseconds]
            optional: yes

            columns:
              id: {named: [contact_id, vid], optional: no}
              property: {named: [name, property], optional: no}
              changed: {named: [timestamp], optional: no}
              value: {named: value, optional: no}
              personal_value: {named: value, personal: yes, optional: no}

            facts:
              - fact: field changed
                object: contact_field           # a record of its own: the id of the contact alone is the contact's
                name: property
                id: [id, property]
                since: changed
                when: {property: {not: [email, firstname, lastname, phone, mobilephone, fax, address, address2,
                  hs_additional_emails, work_email, date_of_birth, twitterhandle, hs_linkedin_url, ip_address]}}
                person: {record: {object: contact, id: id}}
                with: [value]
              - fact: field changed
                object: contact_field
                name: property
                id: [id, property]
                since: changed
                when: {property: [email, firstname, lastname, phone, mobilephone, fax, address, address2,
                  hs_additional_emails, work_email, date_of_birth, twitterhandle, hs_linkedin_url, ip_address]}
                person: {record: {object: contact, id: id}}
                with: {value: personal_value}
            """#),
        Preset(
            "hubspot/deal-history", files: ["*deal_property_history*"],
            #"""
            # Every value that a deal's properties ever had.
            mapping: 1
            name: HubSpot deal property history
            source: hubspot
            times: [iso8601, epoch milliseconds]

            columns:
              id: deal_id
              property: name
              changed: timestamp

            facts:
              - fact: field changed
                object: deal_field
                name: property
                id: [id, property]
                since: changed
                with: [value]
            """#),
        Preset(
            "hubspot/deal-stage-history", files: ["*deal_stage.csv", "*deal_stage_data*"],
            #"""
            # When a deal entered each stage.
            mapping: 1
            name: HubSpot deal stage history
            source: hubspot
            times: [iso8601, epoch milliseconds]
            optional: yes

            columns:
              id: {named: deal_id, optional: no}
              entered: {named: [date_entered, _fivetran_start, timestamp], optional: no}
              stage: {named: [value, stage_id, stage], optional: no}

            facts:
              - fact: deal changed
                object: deal
                aspect: stage
                id: id
                since: entered
                with: [stage]
            """#),
        Preset(
            "hubspot/contact-merges", files: ["*contact_merge_audit*"],
            #"""
            # Which contacts were merged, told under the id of the one that went.
            mapping: 1
            name: HubSpot contact merges
            source: hubspot
            times: [iso8601, epoch milliseconds]
            optional: yes

            columns:
              remains: {named: [canonical_vid, contact_id], optional: no}
              went: {named: vid_to_merge, optional: no}
              merged: {named: timestamp, optional: no}
              user: user_id

            facts:
              - fact: merged
                object: contact
                id: went
                since: merged
                person: {record: [remains, went]}
                by: {record: {object: user, id: user}}
            """#),
        Preset(
            "hubspot/deal-merges", files: ["*merged_deal*"],
            #"""
            # Which deals were merged. A deal is no person, so it is “merged away” into the one that remains.
            mapping: 1
            name: HubSpot deal merges
            source: hubspot
            times: [iso8601, epoch milliseconds]

            columns:
              remains: deal_id
              went: merged_deal_id
              synced: {named: [_fivetran_synced, _airbyte_extracted_at], optional: yes}

            facts:
              - fact: merged away
                object: deal
                id: went
                since: synced
                keep: changes
                with: {into: remains}
            """#),
        Preset(
            "hubspot/deal-contacts", files: ["*deal_contact*"],
            #"""
            # Which people belong to which deal. The tie is a state of the deal: it says whom the deal moves, not that two
            # identifiers are one person, so it is no “identified”. Its aspect tells the deal's contacts apart.
            mapping: 1
            name: HubSpot contacts of deals
            source: hubspot
            times: [iso8601, epoch milliseconds]
            optional: yes

            columns:
              deal: {named: deal_id, optional: no}
              contact: {named: contact_id, optional: no}
              synced: [_fivetran_synced, _airbyte_extracted_at]
              association: [type_id, label]

            facts:
              - fact: deal changed
                object: deal
                id: deal
                aspect: {is: contact, of: contact}
                since: synced
                keep: changes
                person: {record: {object: contact, id: contact}}
                with: [association]
            """#),
        Preset(
            "hubspot/deal-companies", files: ["*deal_company*"],
            #"""
            # Which companies a deal is with.
            mapping: 1
            name: HubSpot companies of deals
            source: hubspot
            times: [iso8601, epoch milliseconds]
            optional: yes

            columns:
              deal: {named: deal_id, optional: no}
              company: {named: company_id, optional: no}
              synced: [_fivetran_synced, _airbyte_extracted_at]
              association: [type_id, label]

            facts:
              - fact: deal changed
                object: deal
                id: deal
                aspect: {is: company, of: company}
                since: synced
                keep: changes
                account: {record: {object: company, id: company}}
                with: [association]
            """#),
        Preset(
            "hubspot/engagement-contacts", files: ["*engagement_contact*"],
            #"""
            # Which people a call, e-mail, meeting, note or task concerns. It has no time of its own, so it is no touch: the
            # presets for calls, e-mails and meetings join this file and say what was done towards whom.
            mapping: 1
            name: HubSpot contacts of engagements
            source: hubspot
            times: [iso8601, epoch milliseconds]
            optional: yes

            columns:
              engagement: {named: engagement_id, optional: no}
              contact: {named: contact_id, optional: no}
              synced: [_fivetran_synced, _airbyte_extracted_at]
              type: [engagement_type, type]
              association: type_id

            facts:
              - fact: observed
                object: engagement
                id: engagement
                aspect: {is: contact, of: contact}
                since: synced
                keep: changes
                person: {record: {object: contact, id: contact}}
                with: [type, association]
            """#),
        Preset(
            "hubspot/engagement-companies", files: ["*engagement_company*"],
            #"""
            # Which companies a call, e-mail, meeting, note or task concerns.
            mapping: 1
            name: HubSpot companies of engagements
            source: hubspot
            times: [iso8601, epoch milliseconds]
            optional: yes

            columns:
              engagement: {named: engagement_id, optional: no}
              company: {named: company_id, optional: no}
              synced: [_fivetran_synced, _airbyte_extracted_at]
              type: [engagement_type, type]
              association: type_id

            facts:
              - fact: observed
                object: engagement
                id: engagement
                aspect: {is: company, of: company}
                since: synced
                keep: changes
                account: {record: {object: company, id: company}}
                with: [type, association]
            """#),
        Preset(
            "hubspot/engagement-deals", files: ["*engagement_deal*"],
            #"""
            # Which deals a call, e-mail, meeting, note or task belongs to.
            mapping: 1
            name: HubSpot deals of engagements
            source: hubspot
            times: [iso8601, epoch milliseconds]
            optional: yes

            columns:
              engagement: {named: engagement_id, optional: no}
              deal: {named: deal_id, optional: no}
              synced: [_fivetran_synced, _airbyte_extracted_at]
              type: [engagement_type, type]
              association: type_id

            facts:
              - fact: observed
                object: engagement
                id: engagement
                aspect: {is: deal, of: deal}
                since: synced
                keep: changes
                with: [deal, type, association]
            """#),
        Preset(
            "hubspot/engagements", files: ["*engagement.csv", "*engagement_data*"],
            #"""
            # Calls, e-mails, meetings, notes and tasks: only which there are. Their own tables say when and by whom.
            mapping: 1
            name: HubSpot engagements
            source: hubspot
            times: [iso8601, epoch milliseconds]
            optional: yes

            columns:
              id: {named: [id, engagement_id], optional: no}
              type: {named: type, optional: no}
              modified: [property_hs_lastmodifieddate, last_updated]
              synced: [_fivetran_synced, _airbyte_extracted_at]

            facts:
              - fact: observed
                object: engagement
                id: id
                since: [modified, synced]
                with: [type]
            """#),
        Preset(
            "hubspot/calls", files: ["*engagement_call*", "*calls*"],
            #"""
            # Calls by reps. Whom they concern stands in the contacts of engagements, joined where that file lies beside it.
            mapping: 1
            name: HubSpot calls
            source: hubspot
            times: [iso8601, epoch milliseconds]
            optional: yes

            joins:
              contacts:
                file: [engagement_contact.csv, engagement_contact_data.csv]
                on: id
                key: engagement_id
                optional: yes

            columns:
              id: {named: [engagement_id, id, Record ID], optional: no}
              contact: {named: contact_id, join: contacts}
              type: type
              happened: [property_hs_timestamp, hs_timestamp, properties.hs_timestamp, Activity date]
              modified: [property_hs_lastmodifieddate, hs_lastmodifieddate, updatedAt]
              created: [property_hs_createdate, hs_createdate, properties.hs_createdate, Create date]
              synced: [_fivetran_synced, _airbyte_extracted_at]
              deleted: [_fivetran_deleted, is_deleted, archived]
              owner: [property_hubspot_owner_id, hubspot_owner_id, properties.hubspot_owner_id]
              call_direction: [property_hs_call_direction, hs_call_direction, properties.hs_call_direction, Call direction]
              outcome: [property_hs_call_disposition, hs_call_disposition, properties.hs_call_disposition, Call outcome]
              seconds: {named: [property_hs_call_duration_seconds, hs_call_duration_seconds], as: number}

            only: {type: ["", call]}

            facts:
              - fact: touch
                object: call
                id: [id, contact]
                each: contacts
                at: [happened, created]
                when: {call_direction: {not: INBOUND}}
                if_nobody: skip                 # without the joined file nobody knows whom it was towards
                person: {record: {object: contact, id: contact}}
                by: {record: {object: owner, id: owner}}
                with: {channel: {is: call}, direction: {is: outward}, outcome: outcome}
              - fact: touch
                object: call
                id: [id, contact]
                each: contacts
                at: [happened, created]
                when: {call_direction: INBOUND}
                if_nobody: skip
                person: {record: {object: contact, id: contact}}
                by: {record: {object: owner, id: owner}}
                with: {channel: {is: call}, direction: {is: inward}, outcome: outcome}
              - fact: observed
                object: engagement
                id: id
                since: [modified, synced]
                with: {type: {is: CALL}, outcome: outcome, owner: owner, seconds: seconds}
              - fact: deleted
                object: engagement
                id: id
                since: [modified, synced]
                keep: changes
                when: {deleted: ["true", "yes", "1"]}
            """#),
        Preset(
            "hubspot/communications", files: ["*engagement_communication*", "*communications*"],
            #"""
            # Messages by chat, text message, letter or social network.
            mapping: 1
            name: HubSpot communications
            source: hubspot
            times: [iso8601, epoch milliseconds]
            optional: yes

            joins:
              contacts:
                file: [engagement_contact.csv, engagement_contact_data.csv]
                on: id
                key: engagement_id
                optional: yes

            columns:
              id: {named: [engagement_id, id, Record ID], optional: no}
              contact: {named: contact_id, join: contacts}
              type: type
              channel:
                named: [property_hs_communication_channel_type, hs_communication_channel_type, Channel type]
                empty: other
                aliases: {SMS: chat, WHATS_APP: chat, LINKEDIN_MESSAGE: social, PHYSICAL_MAIL: letter, CUSTOM_CHANNEL_CONVERSATION: other}
              happened: [property_hs_timestamp, hs_timestamp, Activity date]
              modified: [property_hs_lastmodifieddate, hs_lastmodifieddate, updatedAt]
              created: [property_hs_createdate, hs_createdate, Create date]
              synced: [_fivetran_synced, _airbyte_extracted_at]
              deleted: [_fivetran_deleted, is_deleted, archived]
              owner: [property_hubspot_owner_id, hubspot_owner_id]

            only: {type: ["", communication]}

            facts:
              - fact: touch
                object: communication
                id: [id, contact]
                each: contacts
                at: [happened, created]
                if_nobody: skip
                person: {record: {object: contact, id: contact}}
                by: {record: {object: owner, id: owner}}
                with: {channel: channel, direction: {is: outward}}
              - fact: observed
                object: engagement
                id: id
                since: [modified, synced]
                with: {type: {is: COMMUNICATION}, owner: owner}
              - fact: deleted
                object: engagement
                id: id
                since: [modified, synced]
                keep: changes
                when: {deleted: ["true", "yes", "1"]}
            """#),
        Preset(
            "hubspot/emails", files: ["*engagement_email*", "*emails*"],
            #"""
            # One-to-one e-mails logged on contacts: sent by a rep, or received. Those of a sequence are automatic. Texts stay
            # where they are.
            mapping: 1
            name: HubSpot e-mails
            source: hubspot
            times: [iso8601, epoch milliseconds]
            optional: yes

            joins:
              contacts:
                file: [engagement_contact.csv, engagement_contact_data.csv]
                on: id
                key: engagement_id
                optional: yes

            columns:
              id: {named: [engagement_id, id, Record ID], optional: no}
              contact: {named: contact_id, join: contacts}
              type: type
              happened: [property_hs_timestamp, hs_timestamp, Activity date]
              modified: [property_hs_lastmodifieddate, hs_lastmodifieddate, updatedAt]
              created: [property_hs_createdate, hs_createdate, Create date]
              synced: [_fivetran_synced, _airbyte_extracted_at]
              deleted: [_fivetran_deleted, is_deleted, archived]
              owner: [property_hubspot_owner_id, hubspot_owner_id]
              email_direction: [property_hs_email_direction, hs_email_direction, Email direction]
              status: [property_hs_email_status, hs_email_status, Email send status]
              sequence: [property_hs_sequence_id, hs_sequence_id]

            only: {type: ["", email, incoming_email, forwarded_email]}

            facts:
              - fact: touch
                object: email
                id: [id, contact]
                each: contacts
                at: [happened, created]
                when: {email_direction: {not: INCOMING_EMAIL}}
                if_nobody: skip
                person: {record: {object: contact, id: contact}}
                by: {record: {object: owner, id: owner}}
                with: {channel: {is: email}, direction: {is: outward}, automatic: {known: sequence}, outcome: status}
              - fact: touch
                object: email
                id: [id, contact]
                each: contacts
                at: [happened, created]
                when: {email_direction: INCOMING_EMAIL}
                if_nobody: skip
                person: {record: {object: contact, id: contact}}
                by: {record: {object: owner, id: owner}}
                with: {channel: {is: email}, direction: {is: inward}, outcome: status}
              - fact: observed
                object: engagement
                id: id
                since: [modified, synced]
                with: {type: {is: EMAIL}, owner: owner, status: status}
              - fact: deleted
                object: engagement
                id: id
                since: [modified, synced]
                keep: changes
                when: {deleted: ["true", "yes", "1"]}
            """#),
        Preset(
            "hubspot/meetings", files: ["*engagement_meeting*", "*meetings*"],
            #"""
            # Meetings: booked by their start at the latest; held or missed only where the outcome says so.
            mapping: 1
            name: HubSpot meetings
            source: hubspot
            times: [iso8601, epoch milliseconds]
            optional: yes

            joins:
              contacts:
                file: [engagement_contact.csv, engagement_contact_data.csv]
                on: id
                key: engagement_id
                optional: yes

            columns:
              id: {named: [engagement_id, id, Record ID], optional: no}
              contact: {named: contact_id, join: contacts}
              start: {named: [start_time, property_hs_meeting_start_time, hs_meeting_start_time, Meeting start time], as: time}
              end: {named: [end_time, property_hs_meeting_end_time, hs_meeting_end_time, Meeting end time], as: time}
              outcome: [meeting_outcome, property_hs_meeting_outcome, hs_meeting_outcome, Meeting outcome]
              modified: [property_hs_lastmodifieddate, hs_lastmodifieddate, updatedAt]
              created: [property_hs_createdate, hs_createdate, created_at, Create date]
              synced: [_fivetran_synced, _airbyte_extracted_at]
              deleted: [_fivetran_deleted, is_deleted, archived]
              owner: [property_hubspot_owner_id, hubspot_owner_id]
              origin: [source, property_hs_meeting_source]

            facts:
              - fact: meeting booked
                object: meeting
                id: [id, contact]
                each: contacts
                at: [created, start]
                since: [modified, synced]       # a meeting that is moved is told anew
                keep: changes
                if_nobody: skip
                person: {record: {object: contact, id: contact}}
                by: {record: {object: owner, id: owner}}
                with: {scheduled: start}
              - fact: meeting held
                object: meeting
                id: [id, contact]
                each: contacts
                at: [end, start]
                since: [modified, synced]
                keep: changes
                when: {outcome: [completed]}
                if_nobody: skip
                person: {record: {object: contact, id: contact}}
                by: {record: {object: owner, id: owner}}
                with: {scheduled: start}
              - fact: meeting missed
                object: meeting
                id: [id, contact]
                each: contacts
                at: start
                since: [modified, synced]
                keep: changes
                when: {outcome: [no_show, no show]}
                if_nobody: skip
                person: {record: {object: contact, id: contact}}
                by: {record: {object: owner, id: owner}}
                with: {scheduled: start}
              - fact: observed
                object: engagement
                id: id
                since: [modified, synced]
                with: {type: {is: MEETING}, start: start, end: end, outcome: outcome, owner: owner, origin: origin}
              - fact: deleted
                object: engagement
                id: id
                since: [modified, synced]
                keep: changes
                when: {deleted: ["true", "yes", "1"]}
            """#),
        Preset(
            "hubspot/notes", files: ["*engagement_note*", "*notes*"],
            #"""
            # Notes: that they were written. A note is no touch, and its text stays where it is.
            mapping: 1
            name: HubSpot notes
            source: hubspot
            times: [iso8601, epoch milliseconds]
            optional: yes

            columns:
              id: {named: [engagement_id, id, Record ID], optional: no}
              type: type
              modified: [property_hs_lastmodifieddate, hs_lastmodifieddate, updatedAt]
              written: {named: [property_hs_timestamp, hs_timestamp, Activity date], as: time}
              synced: [_fivetran_synced, _airbyte_extracted_at]
              deleted: [_fivetran_deleted, is_deleted, archived]
              owner: [property_hubspot_owner_id, hubspot_owner_id]
              body: [property_hs_note_body]

            only: {type: ["", note]}

            facts:
              - fact: observed
                object: engagement
                id: id
                since: [modified, synced]
                with: {type: {is: NOTE}, written: written, owner: owner, has_text: {known: body}}
              - fact: deleted
                object: engagement
                id: id
                since: [modified, synced]
                keep: changes
                when: {deleted: ["true", "yes", "1"]}
            """#),
        Preset(
            "hubspot/tasks", files: ["*engagement_task*", "*tasks*"],
            #"""
            # Tasks: what a rep means to do, so not yet a touch. The calls and e-mails that came of them are engagements too.
            mapping: 1
            name: HubSpot tasks
            source: hubspot
            times: [iso8601, epoch milliseconds]
            optional: yes

            columns:
              id: {named: [engagement_id, id, Record ID], optional: no}
              type: type
              task_type: [property_hs_task_type, hs_task_type, task_type, Task Type]
              status: [property_hs_task_status, hs_task_status, Task Status]
              due: {named: [property_hs_timestamp, hs_timestamp, Due date], as: time}
              modified: [property_hs_lastmodifieddate, hs_lastmodifieddate, updatedAt]
              synced: [_fivetran_synced, _airbyte_extracted_at]
              deleted: [_fivetran_deleted, is_deleted, archived]
              created: {named: [property_hs_createdate, hs_createdate, Create date], as: time}
              owner: [property_hubspot_owner_id, hubspot_owner_id]

            only: {type: ["", task]}

            facts:
              - fact: observed
                object: engagement
                id: id
                since: [modified, synced]
                with: {type: {is: TASK}, task_type: task_type, status: status, due: due, created: created, owner: owner}
              - fact: deleted
                object: engagement
                id: id
                since: [modified, synced]
                keep: changes
                when: {deleted: ["true", "yes", "1"]}
            """#),
        Preset(
            "hubspot/email-events", files: ["*email_event.csv", "*email_event_data*"],
            #"""
            # What became of each marketing e-mail, in HubSpot's own words: SENT, DELIVERED, OPEN, CLICK, BOUNCE… An event
            # that HubSpot takes for a machine's says so in “filtered”.
            mapping: 1
            name: HubSpot e-mail events
            source: hubspot
            times: [iso8601, epoch milliseconds]
            optional: yes

            columns:
              id: {named: id, optional: no}
              type: {named: type, optional: no}
              created: {named: created, optional: no}
              recipient: {named: recipient, optional: no}
              campaign: [email_campaign_id, emailCampaignId]
              filtered: {named: [filtered_event, filteredEvent], as: flag}
              status: [portal_subscription_status, portalSubscriptionStatus]

            facts:
              - fact: activity
                object: email_event
                name: type
                id: id
                at: created
                person: {email: recipient}
                with: [campaign, filtered]
              - fact: consent withdrawn
                object: email_event
                id: id
                at: created
                when: {type: STATUSCHANGE, status: UNSUBSCRIBED}
                person: {email: recipient}
                with: {purpose: {is: marketing_email}, channel: {is: email}}
              - fact: consent withdrawn
                object: email_event
                aspect: spam report
                id: id
                at: created
                when: {type: SPAMREPORT}
                person: {email: recipient}
                with: {purpose: {is: marketing_email}, channel: {is: email}}
            """#),
        Preset(
            "hubspot/email-event-details",
            files: [
                "*email_event_bounce*", "*email_event_click*", "*email_event_open*", "*email_event_status_change*",
                "*email_event_deferred*", "*email_event_dropped*", "*email_event_delivered*", "*email_event_sent*",
            ],
            #"""
            # What the tables for bounces, clicks, opens and changes of status add to an e-mail event. When it happened and to
            # whom stands in the events, joined where that file lies beside it.
            mapping: 1
            name: HubSpot e-mail event details
            source: hubspot
            times: [iso8601, epoch milliseconds]
            optional: yes

            joins:
              events:
                file: [email_event.csv, email_event_data.csv]
                on: id
                optional: yes

            columns:
              id: {named: id, optional: no}
              synced: {named: _fivetran_synced}
              recipient: {named: recipient, join: events}
              created: {named: created, join: events}
              category: category
              status: status
              bounced: bounced
              subscription_status: [portal_subscription_status, portalSubscriptionStatus]
              origin: source
              milliseconds_read: {named: duration, as: number}
              url: url
              browser: browser

            facts:
              - fact: observed
                object: email_event
                id: id
                since: synced
                with: [category, status, bounced, subscription_status, origin, milliseconds_read, url, browser]
              - fact: consent withdrawn
                object: email_event
                id: id
                at: [created, synced]           # known when it was read, at the latest
                when: {subscription_status: UNSUBSCRIBED}
                if_nobody: skip
                person: {email: recipient}
                with: {purpose: {is: marketing_email}, channel: {is: email}}
            """#),
        Preset(
            "hubspot/form-submissions", files: ["*form_submission*"],
            #"""
            # Forms that people sent.
            mapping: 1
            name: HubSpot form submissions
            source: hubspot
            times: [iso8601, epoch milliseconds]
            optional: yes

            columns:
              id: {named: [conversion_id, conversionId], optional: no}
              contact: {named: [contact_id], optional: no}
              submitted: {named: [timestamp, submittedAt], optional: no}
              form: form_id
              title: title
              page: [page_url, pageUrl]

            facts:
              - fact: activity
                object: form_submission
                name: {is: Form submitted}
                id: id
                at: submitted
                person: {record: {object: contact, id: contact}}
                with: [form, title, page]
            """#),
        Preset(
            "hubspot/forms", files: ["*form.csv", "*form_data*", "*forms*"],
            #"""
            # The forms there are.
            mapping: 1
            name: HubSpot forms
            source: hubspot
            times: [iso8601, epoch milliseconds]
            optional: yes

            columns:
              id: {named: [guid, id], optional: no}
              form: {named: name, optional: no}
              type: [form_type, formType]
              created: {named: [created_at, createdAt], as: time}
              updated: [updated_at, updatedAt]

            facts:
              - fact: observed
                object: form
                id: id
                since: updated
                with: [form, type, created]
            """#),
        Preset(
            "hubspot/owners", files: ["*owner.csv", "*owner_data*", "*owners*"], isOfStaff: true,
            #"""
            # Who can own records: our own people, so their names are not kept apart.
            mapping: 1
            name: HubSpot owners
            source: hubspot
            times: [iso8601, epoch milliseconds]
            optional: yes

            columns:
              id: {named: [owner_id, id], optional: no}
              updated: [updated_at, updatedAt]
              synced: [_fivetran_synced, _airbyte_extracted_at]
              email: email
              first_name: [first_name, firstName]
              last_name: [last_name, lastName]
              user: [active_user_id, user_id, userId]
              type: type
              active: [is_active]
              archived: {named: archived, as: flag}

            facts:
              - fact: company
                name: {is: roster}
                object: owner
                id: id
                since: [updated, synced]
                with: [email, first_name, last_name, user, type, active, archived]
            """#),
        Preset(
            "hubspot/users", files: ["*users*"], isOfStaff: true,
            #"""
            # Who can sign in to HubSpot: our own people.
            mapping: 1
            name: HubSpot users
            source: hubspot
            times: [iso8601, epoch milliseconds]
            optional: yes

            columns:
              id: {named: id, optional: no}
              synced: [_fivetran_synced, _airbyte_extracted_at]
              email: {named: email, optional: no}
              first_name: [first_name, firstName]
              last_name: [last_name, lastName]
              team: [primary_team_id, primaryTeamId]
              role: [role_id, roleId]

            facts:
              - fact: company
                name: {is: roster}
                object: user
                id: id
                since: synced
                with: [email, first_name, last_name, team, role]
            """#),
        Preset(
            "hubspot/pipelines", files: ["*deal_pipeline.csv", "*deal_pipeline_data*"],
            #"""
            # The pipelines that deals go through.
            mapping: 1
            name: HubSpot deal pipelines
            source: hubspot
            times: [iso8601, epoch milliseconds]
            optional: yes

            columns:
              id: {named: [pipeline_id, id], optional: no}
              label: {named: label, optional: no}
              order: {named: [display_order, displayOrder], as: number}
              active: {named: active, as: flag}
              updated: [updated_at, updatedAt]
              synced: [_fivetran_synced, _airbyte_extracted_at]
              created: {named: [created_at, createdAt], as: time}
              deleted: [_fivetran_deleted, archived]

            facts:
              - fact: observed
                object: pipeline
                id: id
                since: [updated, synced]
                with: [label, order, active, created]
              - fact: deleted
                object: pipeline
                id: id
                since: [updated, synced]
                keep: changes
                when: {deleted: ["true", "yes", "1"]}
            """#),
        Preset(
            "hubspot/pipeline-stages", files: ["*deal_pipeline_stage*"],
            #"""
            # The stages of pipelines: which are won, which are closed, how likely each is thought to be won.
            mapping: 1
            name: HubSpot deal stages
            source: hubspot
            times: [iso8601, epoch milliseconds]
            optional: yes

            columns:
              id: {named: [stage_id, id], optional: no}
              label: {named: label, optional: no}
              pipeline: {named: [pipeline_id], optional: no}
              order: {named: [display_order, displayOrder], as: number}
              probability: {named: probability, as: number}
              is_won: {named: closed_won, as: flag}
              is_closed: {named: [is_closed, isClosed], as: flag}
              active: {named: active, as: flag}
              updated: [updated_at, updatedAt]
              synced: [_fivetran_synced, _airbyte_extracted_at]
              created: {named: [created_at, createdAt], as: time}
              deleted: [_fivetran_deleted, archived]

            facts:
              - fact: observed
                object: stage
                id: id
                since: [updated, synced]
                with: [label, pipeline, order, probability, is_won, is_closed, active, created]
              - fact: deleted
                object: stage
                id: id
                since: [updated, synced]
                keep: changes
                when: {deleted: ["true", "yes", "1"]}
            """#),
        Preset(
            "hubspot/properties", files: ["*property.csv", "*property_data*"],
            #"""
            # The properties that records have: internal name and label.
            mapping: 1
            name: HubSpot properties
            source: hubspot
            times: [iso8601, epoch milliseconds]
            optional: yes

            columns:
              object: {named: [hubspot_object, object_type], optional: no}
              property: {named: name, optional: no}
              label: {named: label, optional: no}
              type: {named: type, optional: no}
              field_type: [field_type, fieldType]
              group: [group_name, groupName]
              calculated: {named: calculated, as: flag}
              standard: {named: [hubspot_defined, hubspotDefined], as: flag}
              updated: [updated_at, updatedAt]
              synced: [_fivetran_synced, _airbyte_extracted_at]
              created: {named: [created_at, createdAt], as: time}
              key: [_fivetran_id]

            facts:
              - fact: observed
                object: property
                id: [object, property, key]
                since: [updated, synced]
                with: [object, property, label, type, field_type, group, calculated, standard, created]
            """#),
        Preset(
            "hubspot/property-options", files: ["*property_option*"],
            #"""
            # The values that properties with a list of choices may have.
            mapping: 1
            name: HubSpot property options
            source: hubspot
            times: [iso8601, epoch milliseconds]
            optional: yes

            columns:
              property_id: {named: property_id, optional: no}
              object: [hubspot_object, object_type]
              property: {named: name, optional: no}
              value: {named: value, optional: no}
              label: label
              order: {named: [display_order, displayOrder], as: number}
              hidden: {named: hidden, as: flag}
              synced: [_fivetran_synced, _airbyte_extracted_at]

            facts:
              - fact: observed
                object: property_option
                id: [property_id, value]
                since: synced
                with: [object, property, value, label, order, hidden]
            """#),
    ]
}
