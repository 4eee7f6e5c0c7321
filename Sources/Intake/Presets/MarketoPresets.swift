//  Presets for Marketo
//
//  A field goes by its REST name in bulk extracts and in what the API gives (`firstName`), by a label in lists (`First Name`),
//  and in small letters in a connector's table (`first_name`). Activities come as one table for each type, or all in one.

extension Preset {
    static let marketo: [Preset] = [
        Preset(
            "marketo/leads", files: ["*marketo_lead.csv", "*lead_data*", "*leads*"],
            #"""
            # Marketo leads: from a connector's table, from a bulk extract or the API (REST names), or from a list (labels).
            mapping: 1
            name: Marketo leads
            source: marketo
            times: [iso8601]
            optional: yes

            columns:
              id: {named: [id, Id, Lead ID, Marketo ID], optional: no}
              updated: [updated_at, updatedAt, Updated At]
              synced: [_fivetran_synced, _airbyte_extracted_at, _sdc_batched_at]
              email: {named: [email, Email Address, Email], as: email}
              first_name: {named: [first_name, firstName, First Name], personal: yes}
              last_name: {named: [last_name, lastName, Last Name], personal: yes}
              phone: {named: [phone, Phone Number], as: phone}
              mobile: {named: [mobile_phone, mobilePhone, Mobile Phone Number], as: phone}
              company: [company, Company Name]
              title: [title, Job Title]
              industry: [industry, Industry]
              country: {named: [country, Country], as: country}
              state: [state, State]
              city: [city, City]
              employees: {named: [number_of_employees, numberOfEmployees, Num Employees], as: number}
              annual_revenue: {named: [annual_revenue, annualRevenue, Annual Revenue], as: number}
              source: [lead_source, leadSource, Lead Source, original_source_type, originalSourceType]
              status: [lead_status, leadStatus, Lead Status]
              score: {named: [lead_score, leadScore, Lead Score], as: number}
              unsubscribed: [unsubscribed, Unsubscribed]
              do_not_call: [do_not_call, doNotCall, Do Not Call]
              invalid: [email_invalid, emailInvalid, Email Invalid]
              salesforce_lead: [sfdc_lead_id, sfdcLeadId, SFDC Lead Id]
              salesforce_contact: [sfdc_contact_id, sfdcContactId, SFDC Contact Id]
              created: {named: [created_at, createdAt, Created At], as: time}

            facts:
              - fact: observed
                object: lead
                id: id
                since: [updated, synced]
                person:
                  email: email
                  record:
                    - id
                    - {source: salesforce, object: lead, id: salesforce_lead}
                    - {source: salesforce, object: contact, id: salesforce_contact}
                with: [email, first_name, last_name, phone, mobile, company, title, industry, country, state, city, employees,
                  annual_revenue, source, status, score, unsubscribed, do_not_call, invalid, created]
              - fact: consent withdrawn         # the flag has no date: the unsubscribe activity has, where it was exported
                object: lead
                aspect: unsubscribed
                id: id
                since: [updated, synced]
                keep: changes
                when: {unsubscribed: ["true", "yes", "1"]}
                person: id
                with: {purpose: {is: marketing_email}, channel: {is: email}}
              - fact: consent withdrawn
                object: lead
                aspect: do not call
                id: id
                since: [updated, synced]
                keep: changes
                when: {do_not_call: ["true", "yes", "1"]}
                person: id
                with: {purpose: {is: marketing_phone}, channel: {is: phone}}
            """#),
        Preset(
            "marketo/activities",
            files: [
                "*activity_send_email*", "*activity_email_delivered*", "*activity_email_bounced*",
                "*activity_open_email*", "*activity_click_email*", "*activity_visit*", "*activity_fill_out*",
                "*activities*",
            ],
            #"""
            # What leads did and what was sent to them, under Marketo's own names. Merges, deletions and changes of values are no
            # activities: they have presets of their own where they come as tables, and here they are told apart by their type.
            mapping: 1
            name: Marketo activities
            source: marketo
            times: [iso8601]
            optional: yes

            columns:
              id: {named: [id, marketoGUID, marketo_guid], optional: no}
              lead: {named: [lead_id, leadId], optional: no}
              happened: {named: [activity_date, activityDate], optional: no}
              type:
                named: [activity_type_id, activityTypeId]
                optional: no
                aliases: {"1": Visit Webpage, "2": Fill Out Form, "3": Click Link, "6": Send Email, "7": Email Delivered, "8": Email Bounced,
                  "9": Unsubscribe Email, "10": Open Email, "11": Click Email, "12": New Lead, "21": Convert Lead, "22": Change Score,
                  "23": Change Owner, "24": Add to List, "25": Remove from List, "27": Email Bounced Soft, "34": Add to Opportunity,
                  "35": Remove from Opportunity, "36": Update Opportunity, "38": Send Alert, "39": Send Sales Email,
                  "40": Open Sales Email, "41": Click Sales Email, "46": Interesting Moment, "104": Change Status in Progression,
                  "110": Call Webhook}
              asset: [primary_attribute_value, primaryAttributeValue]
              asset_id: [primary_attribute_value_id, primaryAttributeValueId]
              campaign: [campaign_id, campaignId]
              email: [email_template_id, mailing_id]
              link: link
              device: device
              result: action_result
              category: category
              details: details

            facts:
              - fact: activity
                object: activity
                name: type
                id: id
                at: happened
                when: {type: {not: ["13", "32", "37"]}}
                person: {record: {object: lead, id: lead}}
                with: [asset, asset_id, campaign, email, link, device, result, category, details]
              - fact: consent withdrawn
                object: activity
                id: id
                at: happened
                when: {type: "9"}
                person: {record: {object: lead, id: lead}}
                with: {purpose: {is: marketing_email}, channel: {is: email}}
              - fact: deleted
                object: lead
                id: lead
                since: happened
                when: {type: "37"}
                person: {record: {object: lead, id: lead}}
            """#),
        Preset(
            "marketo/unsubscribes", files: ["*activity_unsubscribe_email*"],
            #"""
            # Who unsubscribed, and by which e-mail.
            mapping: 1
            name: Marketo unsubscribes
            source: marketo
            times: [iso8601]
            optional: yes

            columns:
              id: {named: [id, marketoGUID, marketo_guid], optional: no}
              lead: {named: [lead_id, leadId], optional: no}
              happened: {named: [activity_date, activityDate], optional: no}
              email: {named: [email_template_id, mailing_id], optional: no}
              asset: [primary_attribute_value, primaryAttributeValue]
              campaign: [campaign_id, campaignId]
              form: [webform_id, webformId, form_fields]
              page: [webpage_id]

            only: {form: {present: yes}}

            facts:
              - fact: activity
                object: activity
                name: {is: Unsubscribe Email}
                id: id
                at: happened
                person: {record: {object: lead, id: lead}}
                with: [email, asset, campaign, page]
              - fact: consent withdrawn
                object: activity
                id: id
                at: happened
                person: {record: {object: lead, id: lead}}
                with: {purpose: {is: marketing_email}, channel: {is: email}}
            """#),
        Preset(
            "marketo/merges", files: ["*activity_merge_leads*"],
            #"""
            # Which leads were merged: one fact for each lead that went, under its id.
            mapping: 1
            name: Marketo merges
            source: marketo
            times: [iso8601]
            optional: yes

            columns:
              id: {named: [id, marketoGUID, marketo_guid], optional: no}
              lead: {named: [lead_id, leadId], optional: no}
              happened: {named: [activity_date, activityDate], optional: no}
              went: {named: [merge_ids, mergeIds, "Merge IDs"], separator: ",", optional: no}

            facts:
              - fact: merged
                object: lead
                id: each
                each: went
                since: happened
                person: {record: [{object: lead, id: lead}, {object: lead, id: each}]}
            """#),
        Preset(
            "marketo/deletions", files: ["*activity_delete_lead*"],
            #"""
            # Which leads were deleted.
            mapping: 1
            name: Marketo deletions
            source: marketo
            times: [iso8601]
            optional: yes

            columns:
              id: {named: [id, marketoGUID, marketo_guid], optional: no}
              lead: {named: [lead_id, leadId], optional: no}
              happened: {named: [activity_date, activityDate], optional: no}
              campaign: campaign

            facts:
              - fact: deleted
                object: lead
                id: lead
                since: happened
                person: {record: {object: lead, id: lead}}
                with: {reason: campaign}
            """#),
        Preset(
            "marketo/value-changes", files: ["*activity_change_data_value*"],
            #"""
            # Every change of a lead's values. Values that name the person are kept apart.
            mapping: 1
            name: Marketo value changes
            source: marketo
            times: [iso8601]
            optional: yes

            columns:
              id: {named: [id, marketoGUID, marketo_guid], optional: no}
              lead: {named: [lead_id, leadId], optional: no}
              happened: {named: [activity_date, activityDate], optional: no}
              field: {named: [primary_attribute_value, primaryAttributeValue], optional: no}
              value: {named: [new_value, newValue], optional: no}
              personal_value: {named: [new_value, newValue], personal: yes, optional: no}
              user: modifying_user

            facts:
              - fact: field changed
                object: lead_field              # a record of its own: the id of the lead alone is the lead's
                name: field
                id: [lead, field, id]
                since: happened
                when: {field: {not: [Email Address, First Name, Middle Name, Last Name, Full Name, Phone Number, Mobile Phone Number,
                  Fax Number, Address, Date of Birth, Photo URL, Person Notes, Anonymous IP]}}
                person: {record: {object: lead, id: lead}}
                with: [value]
              - fact: field changed
                object: lead_field
                name: field
                id: [lead, field, id]
                since: happened
                when: {field: [Email Address, First Name, Middle Name, Last Name, Full Name, Phone Number, Mobile Phone Number,
                  Fax Number, Address, Date of Birth, Photo URL, Person Notes, Anonymous IP]}
                person: {record: {object: lead, id: lead}}
                with: {value: personal_value}
            """#),
        Preset(
            "marketo/programs", files: ["*program*"],
            #"""
            # Programs: what marketing runs.
            mapping: 1
            name: Marketo programs
            source: marketo
            times: [iso8601]
            optional: yes

            columns:
              id: {named: id, optional: no}
              program: {named: name, optional: no}
              channel: {named: channel, optional: no}
              type: type
              status: status
              start: {named: [start_date, startDate], as: time}
              end: {named: [end_date, endDate], as: time}
              salesforce_campaign: [sfdc_id, sfdcId]
              workspace: workspace
              updated: [updated_at, updatedAt]
              synced: [_fivetran_synced, _airbyte_extracted_at]
              created: {named: [created_at, createdAt], as: time}
              deleted: _fivetran_deleted

            facts:
              - fact: observed
                object: program
                id: id
                since: [updated, synced]
                with: [program, channel, type, status, start, end, salesforce_campaign, workspace, created]
              - fact: deleted
                object: program
                id: id
                since: [updated, synced]
                keep: changes
                when: {deleted: ["true", "yes", "1"]}
            """#),
        Preset(
            "marketo/campaigns", files: ["*campaign*"],
            #"""
            # Smart campaigns.
            mapping: 1
            name: Marketo campaigns
            source: marketo
            times: [iso8601]
            optional: yes

            columns:
              id: {named: id, optional: no}
              campaign: {named: name, optional: no}
              type: type
              status: status
              active: {named: [active, isActive], as: flag}
              program: [program_id, programId]
              qualification: [qualification_rule_type, qualificationRuleType]
              workspace: [workspace_name, workspaceName, workspace]
              smart_list: {named: [smart_list_id, smartListId], optional: no}
              updated: [updated_at, updatedAt]
              synced: [_fivetran_synced, _airbyte_extracted_at]
              created: {named: [created_at, createdAt], as: time}
              deleted: _fivetran_deleted

            facts:
              - fact: observed
                object: campaign
                id: id
                since: [updated, synced]
                with: [campaign, type, status, active, program, qualification, workspace, created]
              - fact: deleted
                object: campaign
                id: id
                since: [updated, synced]
                keep: changes
                when: {deleted: ["true", "yes", "1"]}
            """#),
        Preset(
            "marketo/emails", files: ["*email_template*"],
            #"""
            # E-mails as they were designed, one row for each version.
            mapping: 1
            name: Marketo e-mails
            source: marketo
            times: [iso8601]
            optional: yes

            columns:
              id: {named: id, optional: no}
              email: {named: name, optional: no}
              subject: {named: subject, optional: no}
              status: status
              version: {named: version, as: number}
              operational: {named: operational, as: flag}
              program: [program_id, programId]
              folder: [folder_folder_name, folder_name]
              workspace: workspace
              updated: [updated_at, updatedAt]
              synced: [_fivetran_synced, _airbyte_extracted_at]
              created: {named: [created_at, createdAt], as: time}

            facts:
              - fact: observed
                object: email
                id: id
                since: [updated, synced]
                with: [email, subject, status, version, operational, program, folder, workspace, created]
            """#),
        Preset(
            "marketo/fields", files: ["*lead_describe*"],
            #"""
            # The fields that leads have: REST name, SOAP name and label. The list has no dates: say --as-of.
            mapping: 1
            name: Marketo fields
            source: marketo
            times: [iso8601]
            optional: yes

            columns:
              id: {named: id, optional: no}
              label: {named: [display_name, displayName], optional: no}
              type: {named: [data_type, dataType], optional: no}
              length: {named: length, as: number}
              rest_name: [restname, rest.name]
              rest_read_only: {named: [restread_only, rest.readOnly], as: flag}
              soap_name: [soapname, soap.name]

            facts:
              - fact: observed
                object: field
                id: id
                with: [label, type, length, rest_name, rest_read_only, soap_name]
            """#),
    ]
}
