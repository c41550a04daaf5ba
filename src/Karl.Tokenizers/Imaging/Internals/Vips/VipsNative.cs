using System.Runtime.InteropServices;

namespace Karl.Tokenizers.Imaging.Internals.Vips;

/// <summary>A GLib value: a type and 16 bytes of content.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct GValue
{
    public nuint Type;
    public ulong First;
    public ulong Second;
}

/// <summary>The few functions of libvips and GLib that are used, none of them variadic. <see cref="VipsLibrary"/> finds the libraries.</summary>
internal static unsafe partial class VipsNative
{
    public const string Vips = "karl-vips";
    public const string GObject = "karl-gobject";
    public const string GLib = "karl-glib";

    [LibraryImport(Vips, EntryPoint = "vips_init", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Initialize(string programName);

    [LibraryImport(Vips, EntryPoint = "vips_version")]
    public static partial int Version(int part);

    [LibraryImport(Vips, EntryPoint = "vips_cache_set_max")]
    public static partial void SetCacheMaximum(int operations);

    [LibraryImport(Vips, EntryPoint = "vips_error_buffer_copy")]
    public static partial nint TakeErrors();

    [LibraryImport(Vips, EntryPoint = "vips_operation_new", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint NewOperation(string name);

    [LibraryImport(Vips, EntryPoint = "vips_object_set_argument_from_string", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetArgument(nint instance, string name, string value);

    [LibraryImport(Vips, EntryPoint = "vips_object_build")]
    public static partial int Build(nint instance);

    [LibraryImport(Vips, EntryPoint = "vips_object_unref_outputs")]
    public static partial void ReleaseOutputs(nint operation);

    [LibraryImport(Vips, EntryPoint = "vips_blob_get_type")]
    public static partial nuint BlobType();

    [LibraryImport(Vips, EntryPoint = "vips_blob_new")]
    public static partial nint NewBlob(nint release, void* data, nuint size);

    [LibraryImport(Vips, EntryPoint = "vips_blob_get")]
    public static partial byte* BlobData(nint blob, out nuint size);

    [LibraryImport(Vips, EntryPoint = "vips_area_unref")]
    public static partial void ReleaseArea(nint area);

    [LibraryImport(Vips, EntryPoint = "vips_image_get_type")]
    public static partial nuint ImageType();

    [LibraryImport(Vips, EntryPoint = "vips_image_new_from_memory")]
    public static partial nint NewImage(void* data, nuint size, int width, int height, int bands, int format);

    [LibraryImport(Vips, EntryPoint = "vips_image_get_width")]
    public static partial int ImageWidth(nint image);

    [LibraryImport(Vips, EntryPoint = "vips_image_get_height")]
    public static partial int ImageHeight(nint image);

    [LibraryImport(Vips, EntryPoint = "vips_image_get_bands")]
    public static partial int ImageBands(nint image);

    [LibraryImport(Vips, EntryPoint = "vips_image_get_format")]
    public static partial int ImageFormat(nint image);

    [LibraryImport(Vips, EntryPoint = "vips_image_get_interpretation")]
    public static partial int ImageInterpretation(nint image);

    [LibraryImport(Vips, EntryPoint = "vips_image_get_orientation")]
    public static partial int ImageOrientation(nint image);

    [LibraryImport(Vips, EntryPoint = "vips_image_set_int", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void SetImageInteger(nint image, string name, int value);

    [LibraryImport(Vips, EntryPoint = "vips_region_new")]
    public static partial nint NewRegion(nint image);

    [LibraryImport(Vips, EntryPoint = "vips_region_fetch")]
    public static partial byte* FetchRegion(nint region, int left, int top, int width, int height, out nuint size);

    [LibraryImport(GObject, EntryPoint = "g_object_unref")]
    public static partial void Release(nint instance);

    [LibraryImport(GObject, EntryPoint = "g_object_set_property", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void SetProperty(nint instance, string name, GValue* value);

    [LibraryImport(GObject, EntryPoint = "g_object_get_property", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void GetProperty(nint instance, string name, GValue* value);

    [LibraryImport(GObject, EntryPoint = "g_value_init")]
    public static partial GValue* InitializeValue(GValue* value, nuint type);

    [LibraryImport(GObject, EntryPoint = "g_value_unset")]
    public static partial void ClearValue(GValue* value);

    [LibraryImport(GObject, EntryPoint = "g_value_set_object")]
    public static partial void SetObject(GValue* value, nint instance);

    [LibraryImport(GObject, EntryPoint = "g_value_dup_object")]
    public static partial nint CopyObject(GValue* value);

    [LibraryImport(GObject, EntryPoint = "g_value_set_boxed")]
    public static partial void SetBoxed(GValue* value, nint boxed);

    [LibraryImport(GObject, EntryPoint = "g_value_get_boxed")]
    public static partial nint GetBoxed(GValue* value);

    [LibraryImport(GLib, EntryPoint = "g_free")]
    public static partial void Free(void* memory);

    [LibraryImport(GLib, EntryPoint = "g_log_set_handler", StringMarshalling = StringMarshalling.Utf8)]
    public static partial uint SetLogHandler(string domain, int levels, delegate* unmanaged<byte*, int, byte*, nint, void> handler, nint state);
}
