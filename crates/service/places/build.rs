//! Writes the ZIP codes of the states, with their county and cities, as one compact text from the package that keeps them,
//! and the FIPS codes of states and counties likewise.

use std::error::Error;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let mut known: Vec<_> = zipcodes::database().iter().filter(|zip| zip.active && !zip.county.is_empty()).collect();
    known.sort_by(|one, other| one.zip_code.cmp(&other.zip_code));
    let mut text = String::new();
    for zip in known {
        let mut cities = vec![zip.city.as_str()];
        cities.extend(zip.acceptable_cities.iter().map(String::as_str));
        writeln!(text, "{}\t{}\t{}\t{}", zip.zip_code, zip.state, county(&zip.county), cities.join("\t"))?;
    }
    // The states and counties of FIPS 6-4: state, county (0 for the state itself), name.
    let mut fips = String::new();
    for state in 1..=78_u8 {
        for number in 0..1000_u16 {
            if let Some(name) = fips_codes::county_by_ids(state, number) {
                writeln!(fips, "{state}\t{number}\t{}", county(name))?;
            }
        }
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("no output directory")?);
    fs::write(out.join("zips.tsv"), text)?;
    fs::write(out.join("fips.tsv"), fips)?;
    Ok(())
}

/// The county as the tables of local rates spell it.
fn county(name: &str) -> &str {
    match name {
        // Alaska's unified governments go by two names.
        "City and Borough of Juneau" => "Juneau City and Borough",
        "Municipality of Anchorage" => "Anchorage Municipality",
        _ => [" County", " Parish"].iter().find_map(|kind| name.strip_suffix(kind)).unwrap_or(name),
    }
}
