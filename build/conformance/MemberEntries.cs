using System.Globalization;
using System.Reflection;
using System.Reflection.Metadata;

namespace Karl.Conformance;

/// <summary>A type's members that others can see, as text: one line each with all that a caller is compiled against.</summary>
internal static class MemberEntries
{
    public static IEnumerable<string> Of(MetadataReader reader, TypeDefinition type, TypeNames names) =>
    [
        .. type.GetFields().Select(reader.GetFieldDefinition)
            .Where(field => IsVisible(field.Attributes & FieldAttributes.FieldAccessMask, FieldAttributes.Public, FieldAttributes.Family, FieldAttributes.FamORAssem))
            .Select(field => OfField(reader, field, names)),
        .. type.GetMethods().Select(reader.GetMethodDefinition)
            .Where(method => IsVisible(method.Attributes & MethodAttributes.MemberAccessMask, MethodAttributes.Public, MethodAttributes.Family, MethodAttributes.FamORAssem))
            .Select(method => OfMethod(reader, method, names)),
    ];

    private static bool IsVisible<T>(T access, params T[] visible)
        where T : Enum => visible.Contains(access);

    private static string OfField(MetadataReader reader, FieldDefinition field, TypeNames names)
    {
        FieldAttributes kind = field.Attributes & (FieldAttributes.Static | FieldAttributes.InitOnly | FieldAttributes.Literal);
        string access = (field.Attributes & FieldAttributes.FieldAccessMask) == FieldAttributes.Public ? "public" : "protected";
        string value = field.GetDefaultValue().IsNil ? string.Empty : $" = {Constant(reader, field.GetDefaultValue())}";
        return $"{access} field {kind} {reader.GetString(field.Name)} : {field.DecodeSignature(names, null)}{value}";
    }

    private static string OfMethod(MetadataReader reader, MethodDefinition method, TypeNames names)
    {
        MethodSignature<string> signature = method.DecodeSignature(names, null);
        Dictionary<int, Parameter> parameters = method.GetParameters().Select(reader.GetParameter).ToDictionary(parameter => (int)parameter.SequenceNumber);
        IEnumerable<string> texts = signature.ParameterTypes.Select((type, index) => OfParameter(reader, type, parameters.TryGetValue(index + 1, out Parameter parameter) ? parameter : null));
        string access = (method.Attributes & MethodAttributes.MemberAccessMask) == MethodAttributes.Public ? "public" : "protected";
        string kind = (method.Attributes & MethodAttributes.Static) != 0 ? " static" : (method.Attributes & MethodAttributes.Abstract) != 0 ? " abstract" : string.Empty;
        string generic = signature.GenericParameterCount == 0 ? string.Empty : $"<{string.Join("; ", TypeEntries.GenericParameters(reader, method.GetGenericParameters(), names))}>";
        return $"{access}{kind} {reader.GetString(method.Name)}{generic}({string.Join(", ", texts)}) : {signature.ReturnType}";
    }

    /// <summary>The name of a parameter counts, since callers may name it, and so does its default, which is compiled into them.</summary>
    private static string OfParameter(MetadataReader reader, string type, Parameter? parameter)
    {
        if (parameter is not Parameter known)
        {
            return type;
        }

        string direction = (known.Attributes & ParameterAttributes.Out) != 0 ? "out " : string.Empty;
        string value = known.GetDefaultValue().IsNil ? string.Empty : $" = {Constant(reader, known.GetDefaultValue())}";
        return $"{direction}{type} {reader.GetString(known.Name)}{value}";
    }

    private static string Constant(MetadataReader reader, ConstantHandle handle)
    {
        Constant constant = reader.GetConstant(handle);
        return Convert.ToString(reader.GetBlobReader(constant.Value).ReadConstant(constant.TypeCode), CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : "null";
    }
}
