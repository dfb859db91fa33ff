//! An extension of a configuration in the files that the platform writes by DumpConfigToFiles and
//! reads by LoadConfigFromFiles. The layout is that of dumps in public repositories, format 2.9, which
//! newer platforms read too.
//!
//! The user's own module is not in it: loading an extension replaces all of it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::{MODULE, emptied, text_of};
use crate::workspace::VERSION;

const NAME: &str = "TwitterNative";
/// What the names of all objects of the extension begin with.
const PREFIX: &str = "OPI_";
const TEMPLATE: &str = "OPI_TwitterNative";
/// The platform writes its files with it.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The identifiers of the objects are the same in each version: by them the platform sees an update.
const EXTENSION_ID: &str = "597a15a1-a8ef-4aaf-bb82-979924f458b0";
const MODULE_ID: &str = "0c3fb3b6-9c4f-4f0f-86d5-042c741f6680";
const TEMPLATE_ID: &str = "76f0e5d6-3539-498d-8306-d859cd4fc136";

/// The classes of the platform that every configuration has an object of, and ours.
const CONTAINED: [(&str, &str); 7] = [
    ("9cd510cd-abfc-11d4-9434-004095e12fc7", "91bd1e15-f026-46fa-9247-529a0e69a5d8"),
    ("9fcd25a0-4822-11d4-9414-008048da11f9", "d0619484-0f08-468c-ac48-06f20f2863f9"),
    ("e3687481-0a87-462c-a166-9f34594f9bba", "eb5d4ef9-9d17-427f-ae77-2a98d91921a9"),
    ("9de14907-ec23-4a07-96f0-85521cb6b53b", "3776ab4d-8aef-4ca5-880c-027372d009b4"),
    ("51f2d5d8-ea4d-4064-8892-82951750031e", "fd84b564-0ae6-400d-9556-cf1f17e9320e"),
    ("e68182ea-4237-4383-967f-90c1e3370bc7", "0e11dfd5-31a8-4ca7-a0c2-4ec9f1a35194"),
    ("fb282519-d103-4dd3-bc12-cb271d631dfc", "3ca63212-b3e1-4363-b10a-543a885900e8"),
];

const NAMESPACES: [(&str, &str); 17] = [
    ("", "http://v8.1c.ru/8.3/MDClasses"),
    (":app", "http://v8.1c.ru/8.2/managed-application/core"),
    (":cfg", "http://v8.1c.ru/8.1/data/enterprise/current-config"),
    (":cmi", "http://v8.1c.ru/8.2/managed-application/cmi"),
    (":ent", "http://v8.1c.ru/8.1/data/enterprise"),
    (":lf", "http://v8.1c.ru/8.2/managed-application/logform"),
    (":style", "http://v8.1c.ru/8.1/data/ui/style"),
    (":sys", "http://v8.1c.ru/8.1/data/ui/fonts/system"),
    (":v8", "http://v8.1c.ru/8.1/data/core"),
    (":v8ui", "http://v8.1c.ru/8.1/data/ui"),
    (":web", "http://v8.1c.ru/8.1/data/ui/colors/web"),
    (":win", "http://v8.1c.ru/8.1/data/ui/colors/windows"),
    (":xen", "http://v8.1c.ru/8.3/xcf/enums"),
    (":xpr", "http://v8.1c.ru/8.3/xcf/predef"),
    (":xr", "http://v8.1c.ru/8.3/xcf/readable"),
    (":xs", "http://www.w3.org/2001/XMLSchema"),
    (":xsi", "http://www.w3.org/2001/XMLSchema-instance"),
];

pub fn write(addin: &Path, folder: &Path) -> Result<PathBuf> {
    let dump = emptied(&folder.join(format!("twitter-native-{VERSION}-1c-extension")))?;
    put(&dump.join("Configuration.xml"), &document(&configuration()))?;
    put(&dump.join("CommonModules").join(format!("{MODULE}.xml")), &document(&common_module()))?;
    put(&dump.join("CommonModules").join(MODULE).join("Ext").join("Module.bsl"), &text_of(MODULE)?)?;
    put(&dump.join("CommonTemplates").join(format!("{TEMPLATE}.xml")), &document(&common_template()))?;
    let template = dump.join("CommonTemplates").join(TEMPLATE).join("Ext");
    fs::create_dir_all(&template)?;
    fs::copy(addin, template.join("Template.bin"))?;
    Ok(dump)
}

fn put(path: &Path, text: &str) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    Ok(fs::write(path, format!("{BYTE_ORDER_MARK}{text}"))?)
}

fn document(object: &str) -> String {
    let namespaces: Vec<String> =
        NAMESPACES.iter().map(|(prefix, address)| format!("xmlns{prefix}=\"{address}\"")).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<MetaDataObject {} version=\"2.9\">\n{object}</MetaDataObject>\n",
        namespaces.join(" ")
    )
}

fn configuration() -> String {
    let contained: String = CONTAINED.iter().map(|(class, object)| contained_object(class, object)).collect();
    let synonym = in_russian("Synonym", "X (Twitter) для 1С");
    format!(
        "\t<Configuration uuid=\"{EXTENSION_ID}\">\n\
         \t\t<InternalInfo>\n{contained}\t\t</InternalInfo>\n\
         \t\t<Properties>\n\
         \t\t\t<Name>{NAME}</Name>\n\
         {synonym}\
         \t\t\t<Comment/>\n\
         \t\t\t<ConfigurationExtensionPurpose>Customization</ConfigurationExtensionPurpose>\n\
         \t\t\t<ObjectBelonging>Adopted</ObjectBelonging>\n\
         \t\t\t<KeepMappingToExtendedConfigurationObjectsByIDs>true</KeepMappingToExtendedConfigurationObjectsByIDs>\n\
         \t\t\t<NamePrefix>{PREFIX}</NamePrefix>\n\
         \t\t\t<ConfigurationExtensionCompatibilityMode>Version8_3_9</ConfigurationExtensionCompatibilityMode>\n\
         \t\t\t<DefaultRunMode>ManagedApplication</DefaultRunMode>\n\
         \t\t\t<UsePurposes>\n\
         \t\t\t\t<v8:Value xsi:type=\"app:ApplicationUsePurpose\">PlatformApplication</v8:Value>\n\
         \t\t\t</UsePurposes>\n\
         \t\t\t<ScriptVariant>Russian</ScriptVariant>\n\
         \t\t\t<Vendor>twitter-native</Vendor>\n\
         \t\t\t<Version>{VERSION}</Version>\n\
         \t\t\t<BriefInformation/>\n\
         \t\t\t<DetailedInformation/>\n\
         \t\t\t<Copyright/>\n\
         \t\t\t<VendorInformationAddress/>\n\
         \t\t\t<ConfigurationInformationAddress/>\n\
         \t\t</Properties>\n\
         \t\t<ChildObjects>\n\
         \t\t\t<CommonTemplate>{TEMPLATE}</CommonTemplate>\n\
         \t\t\t<CommonModule>{MODULE}</CommonModule>\n\
         \t\t</ChildObjects>\n\
         \t</Configuration>\n"
    )
}

fn contained_object(class: &str, object: &str) -> String {
    format!(
        "\t\t\t<xr:ContainedObject>\n\
         \t\t\t\t<xr:ClassId>{class}</xr:ClassId>\n\
         \t\t\t\t<xr:ObjectId>{object}</xr:ObjectId>\n\
         \t\t\t</xr:ContainedObject>\n"
    )
}

/// The flags are those of the original library's module.
fn common_module() -> String {
    let synonym = in_russian("Synonym", "X (Twitter)");
    let flags: String = [
        ("Global", "false"),
        ("ClientManagedApplication", "false"),
        ("Server", "true"),
        ("ExternalConnection", "true"),
        ("ClientOrdinaryApplication", "true"),
        ("ServerCall", "false"),
        ("Privileged", "false"),
        ("ReturnValuesReuse", "DontUse"),
    ]
    .iter()
    .map(|(name, value)| format!("\t\t\t<{name}>{value}</{name}>\n"))
    .collect();
    object("CommonModule", MODULE_ID, MODULE, &synonym, &flags)
}

fn common_template() -> String {
    let synonym = in_russian("Synonym", "Внешняя компонента TwitterNative");
    object("CommonTemplate", TEMPLATE_ID, TEMPLATE, &synonym, "\t\t\t<TemplateType>AddIn</TemplateType>\n")
}

fn object(class: &str, id: &str, name: &str, synonym: &str, rest: &str) -> String {
    format!(
        "\t<{class} uuid=\"{id}\">\n\t\t<Properties>\n\t\t\t<Name>{name}</Name>\n{synonym}\t\t\t<Comment/>\n\
         {rest}\t\t</Properties>\n\t</{class}>\n"
    )
}

fn in_russian(element: &str, text: &str) -> String {
    format!(
        "\t\t\t<{element}>\n\t\t\t\t<v8:item>\n\t\t\t\t\t<v8:lang>ru</v8:lang>\n\
         \t\t\t\t\t<v8:content>{text}</v8:content>\n\t\t\t\t</v8:item>\n\t\t\t</{element}>\n"
    )
}
