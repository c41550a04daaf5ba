using System.Security.Cryptography;
using System.Text;
using Karl.Tokenizers.Bundles;

namespace Karl.Applications.Anomalies.Internals;

/// <summary>What tells one model from another, both halves of it.</summary>
internal static class ModelMark
{
    public const int Digits = 16;

    /// <summary>The first 16 hexadecimal digits of the SHA-256 of the hashes of all graphs.</summary>
    public static string Of(BundleManifest manifest)
    {
        string hashes = string.Join(' ', manifest.Parts.OrderBy(part => part.Name, StringComparer.Ordinal).Select(part => part.Sha256));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(hashes)))[..Digits];
    }
}
