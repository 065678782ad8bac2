package dev.appos.govern;

/// A set of rules by which agents are judged.
sealed interface Policy permits WrittenPolicy, BuiltInPolicy {

    /// The name agents carry.
    String title();

    /// Which version of it judges; 1 for those that come with the platform.
    int version();

    /// What it says about a deed.
    Verdict judge(Deed deed);
}
