using System.Reflection;
using System.Runtime.InteropServices;

namespace Karl.Tokenizers.Imaging.Internals.Vips;

/// <summary>Finds libvips under the names its packages give it, loads it once and starts it.</summary>
internal static class VipsLibrary
{
    private const int OldestMajor = 8;
    private const int OldestMinor = 13;
    private const int WarningLevel = 1 << 4;

    private static readonly Lazy<nint> Handle = new(LoadVips);
    private static readonly Lazy<bool> Started = new(Start);

    /// <summary>Makes sure that libvips is loaded and started.</summary>
    /// <exception cref="DllNotFoundException">No usable libvips was found; the message says what was tried and what to install.</exception>
    public static void EnsureStarted() => _ = Started.Value;

    /// <summary>File names of libvips from NetVips.Native, Debian, Homebrew, and the npm packages of sharp (which put the C functions into libvips-cpp).</summary>
    private static IEnumerable<string> Candidates()
    {
        string[] names = OperatingSystem.IsWindows() ? ["libvips-42.dll"]
            : OperatingSystem.IsMacOS() ? ["libvips.42.dylib", "libvips.dylib", "libvips-cpp.42.dylib"]
            : ["libvips.so.42", "libvips-cpp.so.42"];
        string pattern = OperatingSystem.IsWindows() ? "libvips-42*.dll" : OperatingSystem.IsMacOS() ? "libvips-cpp.*dylib" : "libvips-cpp.so.*";
        IEnumerable<string> besideUs = Directory.Exists(AppContext.BaseDirectory)
            ? Directory.EnumerateFiles(AppContext.BaseDirectory, pattern).Order(StringComparer.Ordinal)
            : [];
        return [.. names, .. besideUs];
    }

    private static bool Start()
    {
        NativeLibrary.SetDllImportResolver(typeof(VipsLibrary).Assembly, Resolve);
        nint handle = Handle.Value;
        if (VipsNative.Initialize("karl") != 0)
        {
            throw new DllNotFoundException($"libvips was found but did not start: {VipsErrors.Take()}. Install another build of it.");
        }

        int major = VipsNative.Version(0), minor = VipsNative.Version(1);
        if ((major, minor).CompareTo((OldestMajor, OldestMinor)) < 0)
        {
            throw new DllNotFoundException(
                $"Found libvips {major}.{minor}, wanted {OldestMajor}.{OldestMinor} or newer: update it, or reference the package NetVips.Native.");
        }

        // Each file is decoded once: remembering operations would only hold memory.
        VipsNative.SetCacheMaximum(0);
        unsafe
        {
            VipsNative.SetLogHandler("VIPS", WarningLevel, &IgnoreWarning, 0);
        }

        return handle != 0;
    }

    private static nint LoadVips()
    {
        string[] candidates = [.. Candidates()];
        foreach (string candidate in candidates)
        {
            if (NativeLibrary.TryLoad(candidate, typeof(VipsLibrary).Assembly, null, out nint handle))
            {
                return handle;
            }
        }

        throw new DllNotFoundException(
            $"No libvips for {RuntimeInformation.RuntimeIdentifier} was found; tried {string.Join(", ", candidates.Select(Path.GetFileName))} "
            + $"in {AppContext.BaseDirectory} and the system's folders. Reference the package NetVips.Native or install libvips (Debian: libvips42).");
    }

    private static nint Resolve(string libraryName, Assembly assembly, DllImportSearchPath? searchPath) => libraryName switch
    {
        VipsNative.Vips => Handle.Value,
        VipsNative.GObject => Companion("g_object_unref", "libgobject-2.0-0.dll"),
        VipsNative.GLib => Companion("g_free", "libglib-2.0-0.dll"),
        _ => 0,
    };

    /// <summary>GLib is reachable through libvips, built in or as its dependency, except on Windows where it is a library of its own.</summary>
    private static nint Companion(string function, string windowsName) =>
        NativeLibrary.TryGetExport(Handle.Value, function, out _)
            ? Handle.Value
            : NativeLibrary.Load(windowsName, typeof(VipsLibrary).Assembly, null);

    /// <summary>Damaged files make libvips write warnings to standard error; what matters comes back as an error.</summary>
    [UnmanagedCallersOnly]
    private static unsafe void IgnoreWarning(byte* domain, int level, byte* message, nint state)
    {
    }
}
