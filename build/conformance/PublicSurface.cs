using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Karl.Conformance;

/// <summary>All that others can see of assemblies, read as metadata: nothing is loaded or run.</summary>
internal sealed class PublicSurface
{
    private static readonly string[] OfEveryObject =
    [
        "public Equals(System.Object obj) : System.Boolean",
        "public GetHashCode() : System.Int32",
        "public ToString() : System.String",
    ];

    private readonly Dictionary<string, (string? Base, ImmutableArray<string> Entries)> _types = new(StringComparer.Ordinal);

    public IEnumerable<string> Types => _types.Keys;

    /// <summary>Adds an assembly's types; a file that is none adds nothing, and a type that is known already stays.</summary>
    public void Add(string path)
    {
        using PEReader file = new(File.OpenRead(path));
        if (!file.HasMetadata)
        {
            return;
        }

        MetadataReader reader = file.GetMetadataReader();
        TypeNames names = new();
        foreach (TypeDefinitionHandle handle in reader.TypeDefinitions.Where(handle => IsVisible(reader, handle)))
        {
            TypeDefinition type = reader.GetTypeDefinition(handle);
            _types.TryAdd(
                TypeNames.Of(reader, handle),
                (type.BaseType.IsNil ? null : names.Of(reader, type.BaseType).Split('<')[0], [.. TypeEntries.Of(reader, handle, names), .. MemberEntries.Of(reader, type, names)]));
        }
    }

    public ImmutableArray<string> EntriesOf(string type) => _types[type].Entries;

    /// <summary>The same with what bases have; empty where there is no such type.</summary>
    public HashSet<string> EntriesWithInheritedOf(string type)
    {
        HashSet<string> entries = new(StringComparer.Ordinal);
        string? name = type;
        while (name is not null && _types.TryGetValue(name, out (string? Base, ImmutableArray<string> Entries) known))
        {
            entries.UnionWith(known.Entries);
            entries.UnionWith(OfEveryObject);
            name = known.Base;
        }

        return entries;
    }

    private static bool IsVisible(MetadataReader reader, TypeDefinitionHandle handle)
    {
        TypeDefinition type = reader.GetTypeDefinition(handle);
        return (type.Attributes & TypeAttributes.VisibilityMask) switch
        {
            TypeAttributes.Public => true,
            TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem => IsVisible(reader, type.GetDeclaringType()),
            _ => false,
        };
    }
}
